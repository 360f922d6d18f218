// The reader of XML files in which elements are records of cases, as the layout has it: the DfE's SSDA903
// return, the CIN census.
#pragma once
#include "extract/bundle.h"
#include "platform/files.h"

namespace caseaudit::extract {

// Sizes in bytes. A value or a case that is longer is rejected, and the rest is read.
struct XmlOptions {
    std::size_t value_limit = std::size_t{64} << 10;
    std::size_t case_limit = std::size_t{8} << 20;
    const platform::FileSystem* files = &platform::system_files();
};

// Reads as far as the root element. Fails where the file is not XML, has a document type declaration or
// another root than the layout's. Its parts are the layout's tables.
Result<std::unique_ptr<Bundle>> open_xml(const OpenBundle& request, const XmlOptions& options);

// The entry for formats().
Format xml_format();

}  // namespace caseaudit::extract
