# ruff: noqa: E501, RUF001 - notices as publishers print them, a paragraph on a line, in their own scripts
"""The forms of notices, one for each habit of a publisher, with the facts in each.

`facts` names what the text states, by a letter each: A the article's DOI, N the notice's DOI, D the date, T the title,
J the journal in full, j the journal as abbreviated. Whatever is not named must come out empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: `text` with placeholders, the letters of its `facts`, and what else is expected."""

    publisher: str
    text: str
    facts: str
    state: str = "retraction"
    reasons: tuple[str, ...] = ()
    matches: tuple[tuple[tuple[str, ...], str], ...] = ()
    replacement: bool = False


FORMS = (
    Form(
        publisher="Elsevier",
        facts="ANTJ",
        reasons=("image duplication",),
        text="""Retraction notice to “{title}” [{journal} {vol} ({year}) {pages}]

{vancouver}

{journal} {nvol} ({nyear}) 104417

https://doi.org/{ndoi}

DOI of original article: https://doi.org/{doi}

This article has been retracted: please see the publisher's policy on article withdrawal.

The Editor-in-Chief has asked for this step. Panels of Figure 2 were duplicated, and the authors had no records to show.
""",
    ),
    Form(
        publisher="Elsevier",
        facts="ANDT",
        state="withdrawal",
        text="""WITHDRAWN: {title}

{vancouver}

DOI of the article: {doi}
DOI of this notice: {ndoi}
Available online {dmy}

The authors asked us to withdraw this article before it was assigned to an issue.
""",
    ),
    Form(
        publisher="Elsevier",
        facts="AT",
        state="withdrawal",
        reasons=("duplicate publication",),
        text="""WITHDRAWN: {title}

https://doi.org/{doi}

The publisher is sorry that this article is an accidental duplication of an article that has already been published,
https://doi.org/{odoi}. The duplicate has therefore been withdrawn.
""",
    ),
    Form(
        publisher="Springer Nature",
        facts="ANDTJ",
        reasons=("compromised peer review",),
        text="""Retraction Note: {title}

{initials}

Published online: {dmy}
https://doi.org/{ndoi}

Retraction Note: {journal} ({year}) {vol}:{pages}
https://doi.org/{doi}

The Editor-in-Chief has retracted this article. An inquiry found that the peer review was compromised.
""",
    ),
    Form(
        publisher="Springer Nature",
        facts="ATJ",
        text="""Retraction Note to: {title}

Retraction to: {journal} ({year}) {vol}:{pages} https://doi.org/{doi}

The Editors have retracted this article because an author was added after acceptance. All authors agree.

The online version of the original article can be found at https://doi.org/{doi}
""",
    ),
    Form(
        publisher="Springer Nature",
        facts="ANDTJ",
        text="""Retraction Note: {title}

{initials}

{journal} volume {nvol}, Article number: 88 ({nyear})

The Original Article was published on 3 March {year}

The Editor-in-Chief and the publisher have retracted this article. The original article can be found online at https://doi.org/{doi}.

Cite this article
Fenwick, A. Retraction Note: {title}. {short} {nvol}, 88 ({nyear}). https://doi.org/{ndoi}

Published: {ddmy}
""",
    ),
    Form(
        publisher="BMC",
        facts="ANDTJ",
        reasons=("plagiarism",),
        text="""Retraction Note: {title}

{initials}

Published: {dmy} • https://doi.org/{ndoi}

Retraction to: {journal} {year}, {vol}:{pages}

https://doi.org/{doi}

The publisher has retracted this article. Its text was taken from another article [1].

Reference

1. {other}. Lake Lett. 2014;3:4-9. https://doi.org/{odoi}
""",
    ),
    Form(
        publisher="Wiley",
        facts="ATJ",
        text="""RETRACTION: {initials}, “{title},” {journal} {vol}, no. {issue} ({year}): {pages}, https://doi.org/{doi}.

The above article, published online on 3 March {year}, has been retracted by agreement between the journal's Editor-in-Chief and the publisher. A third party told of figures that look like those of another paper (https://doi.org/{odoi}).
""",
    ),
    Form(
        publisher="Wiley",
        facts="ATJ",
        text="""Retraction: {title}

The following article from {journal}, “{title}”, by {initials}, published online on 3 March {year} in the online library (https://doi.org/{doi}), and in Volume {vol}, pp. {pages}, has been retracted by agreement between the authors and the publisher.
""",
    ),
    Form(
        publisher="Wiley",
        facts="ATJ",
        state="expression_of_concern",
        text="""EXPRESSION OF CONCERN: {initials}, “{title},” {journal} {vol}, no. {issue} ({year}): {pages}, https://doi.org/{doi}.

This expression of concern is for the above article, published online on 3 March {year}. Readers asked about its data, and an inquiry is under way.
""",
    ),
    Form(
        publisher="Taylor & Francis",
        facts="ATJ",
        reasons=("plagiarism",),
        text="""Statement of Retraction: {title}

We, the Editors and Publisher of {journal}, have retracted the following article:

{apa} ({year}). {title}. {journal}, {vol}({issue}), {pages}. https://doi.org/{doi}

Since publication, it has come to light that parts of the text were plagiarised from an article by other authors (https://doi.org/{odoi}).

We have been informed in our decision-making by our editorial policies and the COPE guidelines (https://doi.org/10.5555/cope.7).

The retracted article will remain online to maintain the scholarly record, but it will be digitally watermarked on each page as “Retracted”.
""",
    ),
    Form(
        publisher="Taylor & Francis",
        facts="ATJ",
        text="""Statement of Retraction

Article title: {title}
Authors: {vancouver}
Journal: {journal}
Bibliometrics: Volume {vol}, Number {issue}, pages {pages}
DOI: https://doi.org/{doi}

We, the Editors and Publisher of the journal, have retracted the above article. The authors could not be reached.
""",
    ),
    Form(
        publisher="SAGE",
        facts="ATJ",
        text="""Retraction notice

At the request of the Journal Editor and the publisher, the following article has been retracted:

{vancouver}. {title}. {journal} {year}; {vol}: {pages}. DOI: {doi}

The authors did not have leave to use the data.
""",
    ),
    Form(
        publisher="SAGE",
        facts="ANDTJ",
        text="""Retraction: “{title}”

First published online: {mdy}
DOI: {ndoi}

{vancouver}. “{title}”, {journal}, {year}; {vol}({issue}): {pages}. Original article DOI: 10.9999/not-read

Original article DOI: {doi}

The publisher hereby retracts the article after an inquiry.
""".replace(" Original article DOI: 10.9999/not-read", ""),
    ),
    Form(
        publisher="Hindawi",
        facts="NDTJ",
        text="""Retraction

Retracted: {title}

{journal}

Received {dmy}; Accepted {dmy}; Published {dmy}

https://doi.org/{ndoi}

This article has been retracted by the publisher following an investigation [1]. It found signs that the publication process was tampered with.

References

[1] {science}, “{title},” {journal}, vol. {year}, Article ID 1234567, 9 pages, {year}.
""",
    ),
    Form(
        publisher="PLOS",
        facts="ANDTJ",
        reasons=("image duplication",),
        text="""Retraction: {title}

The Pond ONE Editors

Published: {mdy}
https://doi.org/{ndoi}

Following publication of this article [1], concerns were raised that bands in Figure 3 overlap with those in other work [2].

In light of this, the Pond ONE Editors retract this article.

References

1. {vancouver} ({year}) {title}. {journal} {vol}({issue}): e{first}. https://doi.org/{doi}
2. Poole P (2014) {other}. Lake ONE 3(1): e4. https://doi.org/{odoi}
""",
    ),
    Form(
        publisher="PLOS",
        facts="ANDTJ",
        state="expression_of_concern",
        text="""Expression of Concern: {title}

The Pond ONE Editors

Citation: The Pond ONE Editors ({nyear}) Expression of Concern: {title}. {journal} {nvol}({issue}): e99. https://doi.org/{ndoi}

Published: {mdy}

After this article [1] was published, questions arose about its data.

The Pond ONE Editors issue this Expression of Concern while the inquiry goes on.

Reference

1. {vancouver} ({year}) {title}. {journal} {vol}({issue}): e{first}. https://doi.org/{doi}
""",
    ),
    Form(
        publisher="Frontiers",
        facts="ANDTj",
        text="""Retraction: {title}

The Editorial Office

{short}., {ddmy} | https://doi.org/{ndoi}

A Retraction of the Original Research Article

{title}

by {vancouver} ({year}). {short}. {vol}:{first}. doi: {doi}

The journal retracts the 3 March {year} article cited above. Following publication, concerns were raised about the authors' other works.
""",
    ),
    Form(
        publisher="MDPI",
        facts="ANDTJ",
        text="""Retraction: {lead} et al. {title}. {journal} {year}, {vol}, {first}

{initials}

{journal} {nyear}, {nvol}(5), 140; https://doi.org/{ndoi}

Received: 2 January {nyear} / Accepted: 3 January {nyear} / Published: {dmy}

The journal retracts the article “{title}” [1], cited above.

Reference

1. {mdpi} {title}. {journal} {year}, {vol}, {first}. https://doi.org/{doi}
""",
    ),
    Form(
        publisher="MDPI",
        facts="NDTJ",
        state="expression_of_concern",
        text="""Expression of Concern: {mdpi} {title}. {journal} {year}, {vol}, {first}

{journal} Editorial Office

Published: {dmy}
{journal} {nyear}, {nvol}(5), 141; https://doi.org/{ndoi}

With this notice, the Editorial Office makes readers aware of doubts about the published article [1].
""",
    ),
    Form(
        publisher="Cureus",
        facts="ANDT",
        text="""Retraction: {title}

{vancouver}

Published: {mdy}
DOI: 10.7759/pond.r{nyear}

This article has been retracted by the Editor-in-Chief because the source of its data is not known. The original article can be found at https://doi.org/{doi}.
""".replace("10.7759/pond.r{nyear}", "{ndoi}"),
    ),
    Form(
        publisher="Cureus",
        facts="ANDTJ",
        text="""{vancouver} ({mdy}) Retraction: {title}. {journal} 16(5): r140. doi:{ndoi}

Retraction: {title}

This article (https://doi.org/{doi}) has been retracted by the Editor-in-Chief.
""",
    ),
    Form(
        publisher="PNAS",
        facts="ANTj",
        text="""RETRACTION

Retraction for “{title},” by {initials}, which was first published March 3, {year}; {doi} ({short} {vol}, {pages}).

The authors wish to note the following: “We could not repeat the counts that are shown in Fig. 2. We therefore retract the article.”

https://doi.org/{ndoi}
""",
    ),
    Form(
        publisher="JAMA Network",
        facts="ANDTj",
        state="retracted_and_replaced",
        text="""Notice of Retraction and Replacement. {lead} et al. {title}. {short}. {year};{vol}({issue}):{hyphen_pages}

To the Editor: We write to report errors in our article, “{title},”1 published in March {year}. We have asked that the article be retracted and replaced.

Published Online: {mdy}. doi:{ndoi}

References

1. {vancouver}. {title}. {short}. {year};{vol}({issue}):{hyphen_pages}. doi:{doi}
""",
    ),
    Form(
        publisher="JAMA Network",
        facts="AT",
        state="retracted_and_replaced",
        replacement=True,
        text="""Notice of Retraction and Replacement: {title}

We retract the article (https://doi.org/{doi}) because of a coding error. It has been replaced by a corrected version (https://doi.org/{odoi}).
""",
    ),
    Form(
        publisher="IEEE",
        facts="ATJ",
        text="""Notice of Retraction: “{title}”

by {initials}, in {journal}, vol. {vol}, no. {issue}, pp. {pages}, {year}, doi: {doi}

After careful review by a committee of experts, this paper has been found to be in violation of our publication principles. We hereby retract the content of this paper.
""",
    ),
    Form(
        publisher="Sciendo",
        facts="AT",
        text="""RETRACTION NOTE

{title}

The Editors retract the article (DOI: {doi}) at the request of the authors, who found an error in their counts.
""",
    ),
    Form(
        publisher="arXiv",
        facts="AT",
        state="withdrawal",
        text="""Title: {title}
Authors: {vancouver}
DOI: https://doi.org/{doi}

This paper has been withdrawn by its authors because of a crucial error in equation 4.
""",
    ),
    Form(
        publisher="AAPS",
        facts="ANDTJ",
        text="""Retraction Note to: {title}

{vancouver}

© The Society {nyear}

Retraction Note to: {journal}, Vol. {vol}, No. {issue}, {year}

DOI of the article: {doi}
DOI of this note: {ndoi}
Published online: {dmy}

The authors have retracted this article because Table 1 contains errors.
""".replace("{journal}, Vol. {vol}, No. {issue}, {year}", "{journal} {year}; {vol}: {pages}"),
    ),
    Form(
        publisher="Dove",
        facts="TJ",
        reasons=("image duplication",),
        matches=((("3A", "5E"), "2A"), (("5E",), "3F")),
        text="""{title} [Retraction]

{vancouver}. *{short}.* {year};{vol}:{hyphen_pages}.

We, the Editor and Publisher of the journal *{journal}*, have retracted the following article.

- Images for Figures 3A and 5E have been duplicated with images for Figure 2A from Poole P. {other}. *Lake Lett.* 2014;3:4-9. <https://doi.org/{odoi}>.
- Images for Figure 5E have been duplicated with images for Figure 3F from Weir W. Weirs. *Lake Lett.* 2013;2:1-3. <https://doi.org/10.5555/weir.1>.

The retracted article will remain online, but it will be digitally watermarked on each page as “Retracted”.
""",
    ),
    Form(
        publisher="Dove",
        facts="ATJ",
        state="expression_of_concern",
        text="""{title} [Expression of Concern]

{vancouver}. *{short}.* {year};{vol}:{hyphen_pages}. <https://doi.org/{doi}>

The Editor and Publisher of *{journal}* wish to issue an expression of concern about this article. Should it be retracted, its pages will be stamped “RETRACTED”.
""",
    ),
    Form(
        publisher="Science",
        facts="ATj",
        text="""Editorial retraction

In June {year} we published an expression of concern about the report “{title}” (1). The university has since found misconduct. The journal is therefore retracting the report.

Reference

1. {science}, {short} {vol}, {first} ({year}). doi:{doi}
""",
    ),
    Form(
        publisher="ACS",
        facts="ANT",
        text="""Retraction of “{title}”

{initials}

https://doi.org/{ndoi}

The authors retract this article (DOI: {doi}) because the samples were mixed up.
""",
    ),
    Form(
        publisher="PubMed Central",
        facts="ANDTj",
        text="""Retraction: {title}

{short}. {pubmed};{nvol}:e140. doi: {ndoi}

Retraction of: {short}. {year} Feb 3;{vol}:{hyphen_pages}. doi: {doi}

The editors retract the article cited above.
""",
    ),
    Form(
        publisher="Spandidos",
        facts="ANDTj",
        reasons=("image duplication",),
        text="""[Retracted] {title}

Authors: {vancouver}

Published online on: {mdy} https://doi.org/{ndoi}

Following the publication of the above article, a reader told the Editor that blots in Fig. 2 had been duplicated in a paper by different authors (https://doi.org/{odoi}). The Editor has decided that this paper should be retracted. [the original article was published in {short} {vol}: {hyphen_pages}, {year}; DOI: {doi}]
""",
    ),
    Form(
        publisher="OUP",
        facts="ATJ",
        text="""Retraction to: {title}

This is a retraction to: {initials}, {title}, {journal}, Volume {vol}, Issue {issue}, March {year}, Pages {pages}, https://doi.org/{doi}

The Editors have retracted this article, because the counts could not be confirmed.
""",
    ),
    Form(
        publisher="Partial",
        facts="ANDT",
        state="partial_retraction",
        text="""Partial Retraction: {title}

Published: {dmy}
https://doi.org/{ndoi}

The authors retract Table 2 of the article (https://doi.org/{doi}). The conclusions are not affected.
""",
    ),
    Form(
        publisher="Removal",
        facts="ANDT",
        state="removal",
        text="""Removal notice to: {title}

Article DOI: {doi}
Notice DOI: {ndoi}
Date: {dmy}

The article has been removed for legal reasons.
""",
    ),
    Form(
        publisher="German",
        facts="ANDTJ",
        text="""Retraktion: {title}

Zeitschrift: {journal}
DOI des Artikels: {doi}
DOI der Mitteilung: {ndoi}
Datum der Mitteilung: {iso}

Die Redaktion hat den Artikel zurückgezogen.
""",
    ),
    Form(
        publisher="Spanish",
        facts="ANDTJ",
        text="""Retractación: {title}

Revista: {journal}
DOI del artículo: https://doi.org/{doi}
DOI de la nota: https://doi.org/{ndoi}
Fecha: {iso}

Los editores retractan el artículo por errores en los datos.
""",
    ),
    Form(
        publisher="French",
        facts="ANDTJ",
        text="""Avis de rétractation : {title}

Revue : {journal}
DOI de l'article : {doi}
DOI de l'avis : {ndoi}
Date : {iso}

La rédaction a rétracté cet article.
""",
    ),
    Form(
        publisher="Portuguese",
        facts="ANDTJ",
        text="""Nota de retratação: {title}

Revista: {journal}
DOI do artigo: {doi}
DOI da nota: {ndoi}
Data: {iso}

Os editores retratam o artigo.
""",
    ),
    Form(
        publisher="Italian",
        facts="ANDTJ",
        text="""Ritrattazione: {title}

Rivista: {journal}
DOI dell'articolo: {doi}
DOI dell'avviso: {ndoi}
Data: {iso}

La redazione ritratta l'articolo.
""",
    ),
    Form(
        publisher="Polish",
        facts="ANDTJ",
        text="""Wycofanie artykułu: {title}

Czasopismo: {journal}
DOI artykułu: {doi}
DOI noty: {ndoi}
Data: {iso}

Redakcja wycofuje artykuł.
""",
    ),
    Form(
        publisher="Russian",
        facts="ANDTJ",
        text="""Ретракция статьи: {title}

Журнал: {journal}
DOI статьи: {doi}
DOI уведомления: {ndoi}
Дата: {iso}

Редакция отозвала статью.
""",
    ),
    Form(
        publisher="Chinese",
        facts="ANDT",
        text="""撤稿声明：{title}

原文DOI：{doi}
撤稿声明DOI：{ndoi}
日期：{iso}

编辑部决定撤销该文。
""",
    ),
    Form(
        publisher="Japanese",
        facts="ANDT",
        text="""論文撤回のお知らせ：{title}

論文DOI：{doi}
撤回通知DOI：{ndoi}
日付：{iso}

編集委員会は本論文を撤回しました。
""",
    ),
    Form(
        publisher="Korean",
        facts="ANDT",
        text="""논문 철회: {title}

논문 DOI: {doi}
공지 DOI: {ndoi}
날짜: {iso}

편집위원회는 이 논문을 철회합니다.
""",
    ),
)
