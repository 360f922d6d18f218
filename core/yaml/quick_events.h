// The events of a text by libyaml, which takes a quarter of yaml-cpp's time for them. Private to yaml/.
#pragma once
#include <yaml-cpp/eventhandler.h>

#include <string>

namespace caseaudit::yaml {

// Tells `handler` what yaml-cpp's parser would, with the same marks. False where the two may differ or the
// text has errors: what has been told is then void, and the text is yaml-cpp's to read, which alone says what
// is wrong with a file. `text` is UTF-8 and holds no control characters but tabs and breaks.
bool tell_events_quickly(const std::string& text, YAML::EventHandler& handler);

}  // namespace caseaudit::yaml
