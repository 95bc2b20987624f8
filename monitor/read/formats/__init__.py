"""A snapshot that is no page but data → its reading. Each format has its own adapter to the one model.

    adapters      one kind, one adapter
    kinds         what the bytes are, whatever they are declared as
    feeds         RSS, RDF and Atom; json_feeds JSON Feed; entries what all of them say of an entry
    sitemaps      urlset and sitemapindex
    documents     JSON, JSON Lines and other XML
    tables        CSV and TSV
    rows          rows of labelled cells → items, for documents and tables
    paper         PDF → text, for the reader of texts
    xml_tree, json_text, markup
                  text → elements, values, what a reader sees

Nothing here but `kinds` is imported for a page of HTML or a plain text.
"""
