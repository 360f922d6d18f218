// Codes that are spelled in another case than on their list. Private to casebook/.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "dataset/dataset.h"

namespace caseaudit::casebook {

// The codes of a list by their text in small letters; texts that several codes share are left out.
class ListedCodes {
  public:
    ListedCodes() = default;
    explicit ListedCodes(const dataset::CodeList& list);
    // The code that the text is when case does not count; "" when it is none.
    std::string_view find(std::string_view text) const;

  private:
    std::unordered_map<std::string, std::string> codes_;
};

}  // namespace caseaudit::casebook
