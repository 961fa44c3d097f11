"""The day in one line of a notice is taken where the line says that it is the notice's."""

import pytest

from watermark.notice import from_text

TITLE = "Newts of the northern ponds"
DEED = "The article has been retracted, because its authors lost the counts."
HEAD = f"Retraction: {TITLE}\n\n"
OWN, ARTICLE = "https://doi.org/10.5555/pond.n1", "https://doi.org/10.5555/pond.1"
GONE = "The authors have withdrawn this manuscript."
LETTER = "From: a@p.example\nSent: Tue, 17 Apr 2018 09:12\nSubject: Newts\n\n"
EDITORIAL = "This editorial was published on June 9, 2020, at ponds.example."
FIRST = "First published 11 February 2020"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{HEAD}DOI of this notice: {OWN}\n{FIRST}\n\n{DEED}\n\nPublished: 4 May 2021\n", "2020-02-11"),
        (f"{HEAD}DOI of this notice: {OWN}\n\n{DEED}\n\n{ARTICLE}\n{FIRST}\n", ""),
        (f"{TITLE}\n\nRetraction\n\n4 May 2021\n\nPublished: 3 June 2020\n\n{DEED}\n", "2021-05-04"),
        (f"{TITLE}\n\nRetraction\n\nReceived 4 May 2021\n\n{DEED}\n", ""),
        (f"{TITLE}\n\nbioRxiv\n\n{ARTICLE}\n\nPosted May 29, 2020.\n\n{GONE}\n", "2020-05-29"),
        (f"{HEAD}{DEED}\n\nWarsaw, 30 April 2021\n", "2021-04-30"),
        (f"{HEAD}{DEED}\n\nReceived Warsaw, 30 April 2021\n", ""),
        (f"{HEAD}{DEED}\n\nWarsaw, 30 April 2021\n\nAda Moss\n\nEditor-in-Chief\n", "2021-04-30"),
        (f"{HEAD}{DEED}\n\nWarsaw, April 2021\nThe Editors\n", "2021-04"),
        (f"{HEAD}{DEED}\n\nWarsaw, April 2021\n", ""),
        (f"{HEAD}First posted online on 2 May 2020\n\n{DEED}\n", "2020-05-02"),
        (f"{HEAD}The paper, originally published on 5 May 2019, was retracted on 2 May 2020.\n", "2020-05-02"),
        (f"{HEAD}The paper was retracted with effect from 2 May 2020.\n", "2020-05-02"),
        (f"{HEAD}The paper, originally published on 5 May 2019, was retracted by the editors.\n", ""),
        (f"RETRACTION | 1 SEPTEMBER 2016\n\n{TITLE}\n\n{DEED}\n", "2016-09-01"),
        (f"{HEAD}{DEED}\n\nPublished online by Pond Press 13 July 2017\n", "2017-07-13"),
        (f"論文撤回\n\n2021年8月20日 公開\n\n本論文「{TITLE}」を撤回します。\n", "2021-08-20"),
        (f"{HEAD}{DEED}\n\nOpublikowano: 30 września 2020 r.\n", "2020-09-30"),
        (f"{HEAD}Date of retraction ........ 4 May 2021\n\n{DEED}\n", "2021-05-04"),
        (f"Date: Thu, 3 Mar 2022 10:15\n\n{HEAD}Published: 1 March 2022\n\n{DEED}\n", "2022-03-01"),
        (f"{HEAD}Date of publication online: 1 March 2022\n\n{DEED}\n", "2022-03-01"),
        (f"Ponds, 2020, Vol. 4\ndoi:10.5555/n\nAdvance Access publication 2 May 2020\n\n{HEAD}{DEED}\n", "2020-05-02"),
        (f"EDITORIAL\n\n{HEAD}On May 7, 2020, we printed it. {DEED}\n\n{EDITORIAL}\n", "2020-06-09"),
        (f"EDITORIAL\n\n{HEAD}On July 7, 2020, we were told. {DEED}\n\n{EDITORIAL}\n", ""),
        (f"{HEAD}{DEED}\n\n{EDITORIAL}\n", ""),
        (f"{LETTER}{HEAD}Retraction notice published online: 16 April 2018\n\n{DEED}\n", "2018-04-16"),
        (f"{HEAD}An expression of concern was published on 16 April 2018. {DEED}\n", ""),
        (
            "池塘学报 2021年5月第59卷第5期\n\n撤稿声明\n\n撤销论文《池塘》。\n\n《学报》编辑委员会\n2021年5月15日\n",
            "2021-05-15",
        ),
        (f"Retraction\n\n{TITLE}\n\nVol. 203, No. 7, July 10, 2006. Pages 16-52.\n\n{DEED}\n", ""),
        (f"Stawy, grudzień 2005\n\n{HEAD}{DEED}\n", "2005-12"),
        (f"Ponds (May 2019)\n\n{HEAD}{DEED}\n", "2019-05"),
        (f"{HEAD}{DEED}\n\nMay 2011 • Volume 112 • Number 5\n", ""),
    ],
)
def test_the_day_of_a_line_is_the_notice_s_where_the_line_says_so(text: str, day: str) -> None:
    assert from_text(text).date == day
