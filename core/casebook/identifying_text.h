// Texts that are known by their form, wherever they stand: what identifies a child, and what is a value at
// all.
#pragma once
#include <string_view>

namespace caseaudit::casebook {

// Whether a UK postcode or a unique pupil number (a letter, eleven figures and a figure or letter) stands in
// the text by itself. Source of the latter: Unique pupil numbers, Department for Education, 2019.
bool holds_postcode_or_pupil_number(std::string_view text);

// Whether a day stands in it, with its month and year: in figures (03/05/2010, 2010-05-03, 3.5.10), with the
// month in letters (3 May 2010), and with a time of day or without.
bool holds_full_date(std::string_view text);

// Whether the text is shaped like a date, a postcode or a number of five digits or more: what no column is
// called.
bool looks_like_value(std::string_view text);

}  // namespace caseaudit::casebook
