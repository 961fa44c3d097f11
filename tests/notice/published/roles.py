"""Sentences that name another work in a notice, each in a role that is not the article's."""

from collections.abc import Iterator

SENTENCES = (
    ("a source", "Most of its text was taken from another article (https://doi.org/{doi})."),
    (
        "a source, announced",
        "Most of its text was taken from the following article:\n\nPoole P. Toads. Lake Lett. 2014;3:4-9. https://doi.org/{doi}",
    ),
    ("an overlap", "Large parts overlap with doi:{doi}, which is not cited."),
    ("a repeated article", "By an error the article repeats one that was already published, https://doi.org/{doi}."),
    ("an earlier article", "The same figures had previously been published by other authors: https://doi.org/{doi}."),
    ("a replacement", "A corrected version of the article has been published (https://doi.org/{doi})."),
    ("a replacement, named", "The article has been replaced by https://doi.org/{doi}."),
    ("the rules", "We followed the guidelines of COPE (https://doi.org/{doi})."),
    ("a comment", "Doubts were raised in a letter to the editor, see also https://doi.org/{doi}."),
    ("an earlier concern", "An expression of concern published in June (https://doi.org/{doi}) is hereby superseded."),
    ("a preprint", "A preprint is at https://doi.org/{doi}."),
    ("the data", "The data set is at https://doi.org/{doi}."),
    ("a figure", "Figure 2 was copied from the article by Poole (Lake Lett 2014;3:4, doi:{doi})."),
    (
        "a twin, announced",
        "The same work had appeared as:\n\nPoole P. Toads and frogs. Lake Lett. 2014;3:4-9. https://doi.org/{doi}",
    ),
    ("a numbered reference", "3. Poole P. Toads and frogs. Lake Lett. 2014;3:4-9. https://doi.org/{doi}"),
    ("an editorial", "See also the editorial (https://doi.org/{doi})."),
    ("a bare mention", "Compare https://doi.org/{doi}."),
    ("a mention in the subject", "The authors of https://doi.org/{doi} told us of this."),
)


def with_another_doi(text: str, doi: str) -> Iterator[tuple[str, str]]:
    """Yield a notice with each sentence at its end, and the role that the sentence gives the DOI."""
    for role, sentence in SENTENCES:
        yield role, f"{text}\n{sentence.format(doi=doi)}\n"
