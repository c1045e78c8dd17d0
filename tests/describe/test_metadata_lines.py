"""Lines of dates and bylines in the forms that pages of many countries have them."""

from __future__ import annotations

import pytest

from generator.describe.metadata_line import Piece, Surroundings, read_line

# The line, when it says that the article came out, and when it was changed.
DATES = [
    ("Feb 15 2024 11:07 p.m. KST", "2024-02-15T23:07", ""),
    ("2024.02.15 (Thu) 14:22", "2024-02-15T14:22", ""),
    ("Thu 15 Feb 2024 06.30 GMT", "2024-02-15T06:30", ""),
    ("Last modified on Thu 15 Feb 2024 09.12 GMT", "", "2024-02-15T09:12"),
    ("15 Feb 2024 - 10:24", "2024-02-15T10:24", ""),
    ("15-Feb-2024", "2024-02-15", ""),
    ("Thursday 15 February 2024, 10:24 pm", "2024-02-15T22:24", ""),
    ("Feb. 15, 2024, 6:00 a.m. ET", "2024-02-15T06:00", ""),
    ("2024-02-15T11:07:00+09:00", "2024-02-15T11:07", ""),
    ("2024-02-15 11:07:33", "2024-02-15T11:07", ""),
    ("Published 1:02 PM EST, Thu February 15, 2024", "2024-02-15T13:02", ""),
    ("Updated: 15 Feb 2024, 08:15 AM IST", "", "2024-02-15T08:15"),
    ("February 15, 2024 / 5:14 PM EST / CBS News", "2024-02-15T17:14", ""),
    ("15.02.2024 – 11:07", "2024-02-15T11:07", ""),
    ("Stand: 15.02.2024, 11:07 Uhr", "2024-02-15T11:07", ""),
    ("Publicado 15 feb 2024 11:07", "2024-02-15T11:07", ""),
    ("15 de febrero de 2024 · 11:07hs", "2024-02-15T11:07", ""),
    ("jue 15 feb 2024", "2024-02-15", ""),
    ("Le 15 février 2024 à 11h07", "2024-02-15T11:07", ""),
    ("Publié le 15/02/2024 à 11:07, mis à jour le 15/02/2024 à 12:30", "2024-02-15T11:07", "2024-02-15T12:30"),
    ("1er février 2024", "2024-02-01", ""),
    ("2024년 2월 15일 오후 11시 7분", "2024-02-15T23:07", ""),
    ("2024-02-15 23:07:12", "2024-02-15T23:07", ""),
    ("입력 2024-02-15 오후 11:07", "2024-02-15T23:07", ""),
    ("2024.02.15. 오후 11:07", "2024-02-15T23:07", ""),
    ("2024年2月15日 23時07分", "2024-02-15T23:07", ""),
    ("2024/02/15 23:07", "2024-02-15T23:07", ""),
    ("15/02/2024 11:07 AM (IST)", "2024-02-15T11:07", ""),
    ("Feb 15, 2024 at 11:07 pm", "2024-02-15T23:07", ""),
    ("Posted on: February 15th, 2024", "2024-02-15", ""),
    ("Thu, 02/15/2024 - 11:07", "2024-02-15T11:07", ""),
    ("11:07 15-02-2024", "2024-02-15T11:07", ""),
    ("15:30, 15/02/2024", "2024-02-15T15:30", ""),
    ("15 Feb, 2024", "2024-02-15", ""),
    ("15th Feb 2024", "2024-02-15", ""),
    ("15 FEBRUARY 2024", "2024-02-15", ""),
    ("2/15/2024 11:07:33 PM", "2024-02-15T23:07", ""),
    ("on 15 February, 2024", "2024-02-15", ""),
    ("15 lutego 2024", "2024-02-15", ""),
    ("15 февраля 2024, 11:07", "2024-02-15T11:07", ""),
    ("15 feb. 2024 kl. 11.07", "2024-02-15T11:07", ""),
    ("15.2.2024 klo 11:07", "2024-02-15T11:07", ""),
    ("15. Februar 2024 um 11:07 Uhr", "2024-02-15T11:07", ""),
    ("15th of February 2024", "2024-02-15", ""),
    ("Feb 15, 2024 | 11:07 IST", "2024-02-15T11:07", ""),
    (
        "February 15, 2024 11:07 pm | Updated February 16, 2024 08:00 am IST - CHENNAI",
        "2024-02-15T23:07",
        "2024-02-16T08:00",
    ),
    ("Published - February 15, 2024 11:07 pm IST - CHENNAI", "2024-02-15T23:07", ""),
    ("First Published: Feb 15, 2024, 11:07 IST", "2024-02-15T11:07", ""),
    ("Issued on: 15/02/2024 - 11:07  Modified: 15/02/2024 - 12:01", "2024-02-15T11:07", "2024-02-15T12:01"),
    ("15 FEB 2024 • 4 min read", "2024-02-15", ""),
    ("Feb 15, 2024 · 3 min read", "2024-02-15", ""),
    ("15 Feb 2024 04:30AM (Updated: 15 Feb 2024 07:00AM)", "2024-02-15T04:30", "2024-02-15T07:00"),
    ("Pubblicato il 15 febbraio 2024 alle 11:07", "2024-02-15T11:07", ""),
    ("15-2-2024 11:07", "2024-02-15T11:07", ""),
    ("15 Şubat 2024 Perşembe", "2024-02-15", ""),
    ("Published: 2024-02-15 06:12 PM", "2024-02-15T18:12", ""),
    ("Thursday, 15 Feb 2024", "2024-02-15", ""),
    ("Updated 5:22 PM, February 15, 2024", "", "2024-02-15T17:22"),
    ("Published February 15, 2024 at 5:00 AM CST", "2024-02-15T05:00", ""),
    ("Thursday, February 15th 2024, 5:00 AM EST", "2024-02-15T05:00", ""),
    ("15 February 2024 By Staff", "2024-02-15", ""),
    ("By Jane Roe - February 15, 2024", "2024-02-15", ""),
    ("February 15, 2024 by Jane Roe", "2024-02-15", ""),
    ("Posted by Jane Roe | Feb 15, 2024 | Local News", "2024-02-15", ""),
    ("Posted: 5:14 p.m. Thursday, Feb. 15, 2024", "2024-02-15T17:14", ""),
    ("Donnerstag, 15.02.2024, 11:07", "2024-02-15T11:07", ""),
    ("15.02.24, 11:07 Uhr", "2024-02-15T11:07", ""),
    ("기사입력 : 2024년02월15일 11:07", "2024-02-15T11:07", ""),
    ("최종수정 : 2024년02월15일 12:01", "", "2024-02-15T12:01"),
    ("등록 2024-02-15 11:07 수정 2024-02-15 12:01", "2024-02-15T11:07", "2024-02-15T12:01"),
    ("승인 2024.02.15 11:07", "2024-02-15T11:07", ""),
    ("发布时间：2024-02-15 11:07", "2024-02-15T11:07", ""),
    ("2024年02月15日 11:07:33 来源：新华网", "2024-02-15T11:07", ""),
    ("Publication date: 15 February 2024", "2024-02-15", ""),
    ("Date: February 15, 2024", "2024-02-15", ""),
    ("For Immediate Release: February 15, 2024", "2024-02-15", ""),
    ("FOR IMMEDIATE RELEASE Thursday, February 15, 2024", "2024-02-15", ""),
    ("Release Date: 15 Feb 2024", "2024-02-15", ""),
    ("Kalimati, February 15, 2024", "2024-02-15", ""),
    ("Marlow | 15 February 2024", "2024-02-15", ""),
    ("Marlow, 15 February 2024", "2024-02-15", ""),
    ("Updated at 11:07 on 15 February 2024", "", "2024-02-15T11:07"),
    ("15 Feb 2024 11:07 UTC+9", "2024-02-15T11:07", ""),
    ("2024-02-15 11:07 KST", "2024-02-15T11:07", ""),
    ("Feb 15, 2024 02:00 PM HKT (GMT+8)", "2024-02-15T14:00", ""),
    ("15:07 | 15/02/2024", "2024-02-15T15:07", ""),
    ("Thứ năm, 15/2/2024, 11:07 (GMT+7)", "2024-02-15T11:07", ""),
    ("15/02/2024 às 11h07 - Atualizado em 16/02/2024 às 08h15", "2024-02-15T11:07", "2024-02-16T08:15"),
    ("15 FEB 2024 - 11:07 CET", "2024-02-15T11:07", ""),
    ("Actualizado a las 11:07 del 15/02/2024", "", "2024-02-15T11:07"),
]
# The line, and who it says wrote the article.
BYLINES = [
    ("By Jane Roe", "Jane Roe"),
    ("By JANE ROE", "Jane Roe"),
    ("By JANE ROE, Staff Writer", "Jane Roe"),
    ("By Jane Roe and Tom Hale", "Jane Roe; Tom Hale"),
    ("By Jane Roe, Tom Hale and Ann Kerr", "Jane Roe; Tom Hale; Ann Kerr"),
    ("BY JANE ROE Tri-County Register", "Jane Roe"),
    ("By Jane Roe in Marlow", "Jane Roe"),
    ("By Jane Roe, BBC News", "Jane Roe"),
    ("By Jane Roe, Associated Press", "Jane Roe"),
    ("JANE ROE, Associated Press", "Jane Roe"),
    ("JANE ROE The Associated Press", "Jane Roe"),
    ("Jane Roe | Marlow Herald", "Jane Roe"),
    ("by Jane Roe • January 5, 2024", "Jane Roe"),
    ("Words by Jane Roe, photographs by Tom Hale", "Jane Roe"),
    ("Jane Roe, Political correspondent", "Jane Roe"),
    ("Jane Roe Political correspondent", "Jane Roe"),
    ("Jane Roe in Marlow and Tom Hale in Kent", "Jane Roe; Tom Hale"),
    ("By Jane Roe for the Marlow Herald", "Jane Roe"),
    ("By Jane Roe | Staff Writer", "Jane Roe"),
    ("By Jane Roe jroe@herald.example", "Jane Roe"),
    ("By: Jane Roe", "Jane Roe"),
    ("Author: Jane Roe", "Jane Roe"),
    ("Written by Jane Roe", "Jane Roe"),
    ("Reported by: Jane Roe", "Jane Roe"),
    ("Posted by Jane Roe", "Jane Roe"),
    ("Posted By: admin", ""),
    ("By admin", ""),
    ("By Staff Reporter", ""),
    ("By Our Correspondent", ""),
    ("By Web Desk", ""),
    ("By Agencies", ""),
    ("By The Editorial Board", ""),
    ("By Mary-Jane O'Roe", "Mary-Jane O'Roe"),
    ("By J. R. Roe", "J. R. Roe"),
    ("By Jean-Luc de la Tour", "Jean-Luc de la Tour"),
    ("By Ngozi Obi-Eze, Lagos", "Ngozi Obi-Eze"),
    ("By Kim Min-seok, Yonhap News", "Kim Min-seok"),
    ("Kim Min-seok, Staff Reporter", "Kim Min-seok"),
    ("Reporter Kim Min-seok", "Kim Min-seok"),
    ("Reporter Kim Min-seok kms@haneul.example", "Kim Min-seok"),
    ("Kim Min-seok reporter", "Kim Min-seok"),
    ("김민석 기자", "김민석"),
    ("[하늘일보 김민석 기자]", "김민석"),
    ("김민석 기자 kms@haneul.example", "김민석"),
    ("Von Jana Kerbel", "Jana Kerbel"),
    ("Von Jana Kerbel und Uwe Rathke", "Jana Kerbel; Uwe Rathke"),
    ("Von Jana Kerbel, Berlin", "Jana Kerbel"),
    ("Par Anne Le Goff", "Anne Le Goff"),
    ("Par Anne Le Goff avec AFP", "Anne Le Goff"),
    ("Por María Inti Quispe", "María Inti Quispe"),
    ("POR MARÍA INTI", "María Inti"),
    ("Di Paolo Ricci", "Paolo Ricci"),
    ("Door Jan de Wit", "Jan de Wit"),
    ("Text: Jana Kerbel", "Jana Kerbel"),
    ("Story by Jane Roe; photos by Tom Hale", "Jane Roe"),
    ("Jane Roe @janeroe", "Jane Roe"),
    ("By Jane Roe Mar 5, 2024", "Jane Roe"),
    ("Jane Roe March 5, 2024", "Jane Roe"),
    ("By Jane Roe March 5, 2024 at 5:00 a.m. EST", "Jane Roe"),
    ("Jane Roe, Tom Hale", "Jane Roe; Tom Hale"),
    ("Interview by Jane Roe", "Jane Roe"),
    ("As told to Jane Roe", ""),
    ("By Jane Roe Reuters", "Jane Roe"),
    ("Jane Roe - Marlow Herald", "Jane Roe"),
    ("By JANE ROE and TOM HALE Associated Press", "Jane Roe; Tom Hale"),
    ("Opinion by Jane Roe", "Jane Roe"),
    ("Analysis by Jane Roe", "Jane Roe"),
    ("Review by Jane Roe", "Jane Roe"),
    ("A column by Jane Roe", "Jane Roe"),
    ("Compiled by Jane Roe", "Jane Roe"),
    ("Edited by Jane Roe", ""),
    ("Jane Roe, special to the Herald", "Jane Roe"),
    ("By Jane Roe, Herald Staff", "Jane Roe"),
    ("By Jane Roe, Contributor", "Jane Roe"),
    ("by Jane Roe, Local Democracy Reporter", "Jane Roe"),
    ("By Jane Roe | jroe@herald.example | The Marlow Herald", "Jane Roe"),
    ("By Jane Roe/Marlow", "Jane Roe"),
    ("By Jane Roe Published March 5, 2024", "Jane Roe"),
    ("by Jane Roe | Mar 5, 2024 | Local News | 0 comments", "Jane Roe"),
    ("Jane Roe 5 March 2024 12:10 GMT", "Jane Roe"),
    ("5 March 2024", ""),
    ("Jane Roe Senior Reporter", "Jane Roe"),
    ("JANE ROE Senior Reporter", "Jane Roe"),
    ("Photographs by Tom Hale", ""),
    ("Translated by Tom Hale", ""),
]


def values(text: str, field: str, around: Surroundings) -> str:
    pieces: list[Piece] = read_line(text, around) or []
    return "; ".join(piece.value for piece in pieces if piece.field == field and piece.value)


@pytest.mark.parametrize(("line", "published", "updated"), DATES)
def test_a_line_of_dates_is_read(line: str, published: str, updated: str) -> None:
    # 02/15 can only have the month first.
    around = Surroundings("month" if "2/15/2024" in line else "day")
    assert (values(line, "published", around), values(line, "updated", around)) == (published, updated)


@pytest.mark.parametrize(("line", "authors"), BYLINES)
def test_a_byline_names_who_wrote_and_nobody_else(line: str, authors: str) -> None:
    assert values(line, "author", Surroundings("day", dated=True)) == authors


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("By JANE ROE Tri-County Register", "outlet", "Tri-County Register"),
        ("JANE ROE The Associated Press", "credit", "Associated Press"),
        ("By Jane Roe Reuters", "credit", "Reuters"),
        ("By Jane Roe | jroe@herald.example | The Marlow Herald", "outlet", "The Marlow Herald"),
        ("[하늘일보 김민석 기자]", "outlet", "하늘일보"),
    ],
)
def test_whom_a_byline_was_written_for_is_told_from_who_wrote(line: str, field: str, value: str) -> None:
    assert values(line, field, Surroundings("day", dated=True)) == value


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("Posted by Jane Roe on May 4, 2021", "Jane Roe", "2021-05-04"),
        ("By Jane Roe on May 4, 2021 at 3:12 pm", "Jane Roe", "2021-05-04T15:12"),
        ("Von Jana Kerbel am 4. Mai 2021", "Jana Kerbel", "2021-05-04"),
        ("Posted by admin on May 4, 2021", "", "2021-05-04"),
    ],
)
def test_a_word_joins_the_name_and_the_date_behind_it(line: str, author: str, published: str) -> None:
    pieces = read_line(line, Surroundings()) or []
    assert "".join(piece.value for piece in pieces if piece.field == "author") == author
    assert [piece.value for piece in pieces if piece.field == "published"] == [published]


def test_a_sentence_about_a_day_is_no_byline() -> None:
    assert read_line("Donations on May 4, 2021", Surroundings()) is None
