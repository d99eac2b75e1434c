"""XML out of an uploaded document: parsed without entities and network, looked at without namespaces."""

from lxml import etree


def parsed(content: bytes) -> etree._Element:
    """The root of an XML file; entities stay unresolved and nothing is loaded from outside.

    Raises:
        lxml.etree.LxmlError: if it is not XML, or nested far too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute_of(element: etree._Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty if there is none."""
    return next((str(v) for k, v in element.items() if str(k).rpartition("}")[2] == name), "")
