// The words of the catalogues for what a case knows by name.
#pragma once

#include "domain/case/case.h"

namespace huiyin::cases {

Key word_of(Phase phase);
Key word_of(Channel channel);
Key word_of(Satisfaction satisfaction);
Key word_of(Outcome outcome);
Key word_of(ReviewLevel level);
Key word_of(ReviewOutcome outcome);
Key word_of(Deed deed);
Key word_of_act(std::string_view command);  // "accept" -> the words of the button
Key word_of_event(std::string_view event);  // "accepted" -> what a story says
Key word_of(rules::Standing standing);

}  // namespace huiyin::cases
