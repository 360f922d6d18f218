// What is used of libxml2. Private to extract/.
#pragma once
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include "platform/late_library.h"

namespace caseaudit::extract {

struct LibXml2 : platform::LateLibrary {
    LibXml2() : LateLibrary(name) {}
    static constexpr platform::LibraryName name{CASEAUDIT_XML2_LIBRARY, "reads XML and workbooks", "libxml2"};
    Function<decltype(::xmlCreateIOParserCtxt)> create_context{*this, "xmlCreateIOParserCtxt"};
    Function<decltype(::xmlCtxtUseOptions)> use_options{*this, "xmlCtxtUseOptions"};
    Function<decltype(::xmlFreeParserCtxt)> free_context{*this, "xmlFreeParserCtxt"};
    Function<decltype(::xmlInitParser)> init_parser{*this, "xmlInitParser"};
    Function<decltype(::xmlParseDocument)> parse_document{*this, "xmlParseDocument"};
    Function<decltype(::xmlStopParser)> stop_parser{*this, "xmlStopParser"};
};

inline const LibXml2& libxml() {
    return platform::late<LibXml2>();
}

}  // namespace caseaudit::extract
