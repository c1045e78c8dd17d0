(self.__briefingCards=self.__briefingCards||[]).push(["index",1]);
