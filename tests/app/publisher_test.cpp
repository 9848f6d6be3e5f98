// What is published, and when: with witnesses that work, that are down, that lie, and that have seen more than we have.
#include "app/publisher.h"

#include <gmock/gmock.h>

#include "app/case/case_rows.h"
#include "app/desk.h"
#include "app/witness.h"
#include "log/receipt_check.h"
#include "world.h"

namespace huiyin::app {
namespace {

using testing::HasSubstr;

class NotesInMemory final : public PublishedNotes {
 public:
  std::optional<std::string> find_published(LogId log) override { return find(published, log.jurisdiction.number); }
  void keep_published(LogId log, std::string_view note) override { published[log.jurisdiction.number] = note; }
  void forget_published(LogId log) override { published.erase(log.jurisdiction.number); }
  std::optional<std::string> find_first(LogId, std::string_view vkey) override { return find(first, std::string(vkey)); }
  void keep_first(LogId, std::string_view vkey, std::string_view note) override { first.emplace(vkey, note); }

  std::map<std::int64_t, std::string> published;
  std::map<std::string, std::string> first;

 private:
  template <class Map, class Key>
  static std::optional<std::string> find(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }
};

class HeadsInMemory final : public CosignedHeads {
 public:
  std::optional<std::string> find(std::string_view log) override {
    const auto found = heads.find(std::string(log));
    return found == heads.end() ? std::nullopt : std::optional(found->second);
  }
  void keep(std::string_view log, std::string_view note) override { heads[std::string(log)] = note; }
  std::map<std::string, std::string> heads;
};

// A real witness without a network between; it can be down, and be made to give other answers.
struct Far {
  Far(World& world, std::string name, std::uint8_t seed)
      : cosigner(std::move(name), crypto::SigningKey(std::array<std::uint8_t, 32>{seed})), clock(world.clock) {
    for (const auto* log : {world.town.get(), world.village.get()})
      policy.logs.push_back({log->origin, {*log::NoteVerifier::parse(log->signer.vkey())}});
    witness = std::make_unique<Witness>(policy, cosigner, heads, clock);
  }
  log::WitnessPolicy policy;
  log::Cosigner cosigner;
  const Clock& clock;
  HeadsInMemory heads;
  std::unique_ptr<Witness> witness;
  bool down = false;
  std::optional<WitnessClient::Reply> says{};  // whatever it is asked
  int asked = 0;
};

class FarClient final : public WitnessClient {
 public:
  explicit FarClient(Far& far) : far_(far) {}
  Result<Reply> add_checkpoint(std::string_view body) override {
    return answer([&] {
      auto answered = far_.witness->add_checkpoint(body);
      return Reply{answered.status, std::move(answered.body)};
    });
  }
  Result<Reply> checkpoint(std::string_view log) override {
    return answer([&] {
      auto note = far_.witness->checkpoint(log);
      return note ? Reply{200, *std::move(note)} : Reply{404, ""};
    });
  }
  void stop() noexcept override {}

 private:
  template <class Act>
  Result<Reply> answer(Act act) {
    ++far_.asked;
    if (far_.down) return Error{Code::unavailable, {}, {}, "connection refused"};
    return far_.says ? *far_.says : act();
  }
  Far& far_;
};

class PublisherTest : public testing::Test {
 protected:
  void SetUp() override { start(1); }
  void start(std::size_t quorum) {
    publisher_.reset();
    std::vector<WitnessPeer> peers;
    for (auto* far : {&one_, &two_})
      peers.push_back({*log::NoteVerifier::parse(far->cosigner.vkey()), std::make_unique<FarClient>(*far)});
    publisher_ = std::make_unique<Publisher>(parts(), logs(), std::move(peers), quorum, false);
  }
  Publisher::Parts parts() {
    return {*world_.store, *world_.committer, notes_,
            world_.clock,  world_.random,     [this](std::string_view fault) { faults_ += std::string(fault) + "\n"; }};
  }
  std::vector<const Jurisdiction*> logs() { return {world_.town.get(), world_.village.get()}; }
  void write(int entries) {
    for (int i = 0; i < entries; ++i) {
      ASSERT_TRUE(submit(world_, [this](Ledger& ledger) { return raise(ledger); }).get().result.ok());
    }
  }
  // A case that was raised, written by hand.
  Result<void> raise(Ledger& ledger) {
    const auto key = crypto::SymmetricKey::make(world_.random);
    const auto tag = world_.random.bytes<16>();
    auto row = ledger.create_record("case", tag, world_.keys.wrap(key, tag, ledger.now()));
    cases::Submitted event;
    event.reference = "REF-" + std::to_string(row.id.number);
    event.body = std::string("A hole in the road");
    const auto sealed = seal_event(encode(cases::Event(event)), key, tag, {1, {}}, world_.random);
    ledger.append(row, {sealed, {}, Role::requester, {}, ledger.now()});
    return {};
  }
  // Everybody once.
  void round() {
    publisher_->tick();
    publisher_->ask(0);
    publisher_->ask(1);
  }
  // "3 witnessed by one two"
  std::string shown() {
    const auto head = publisher_->published(world_.town->id);
    if (!head) return "nothing";
    std::string text = std::to_string(head->head.size) + (head->witnessed ? " witnessed" : " signed");
    for (const auto& voucher : head->vouchers) text += " " + voucher.witness;
    return text;
  }

  World world_;
  NotesInMemory notes_;
  Far one_{world_, "one", 1}, two_{world_, "two", 2};
  std::string faults_;
  std::unique_ptr<Publisher> publisher_;
};

TEST_F(PublisherTest, WithoutWitnessesTheSignedHeadIsPublishedAtOnce) {
  Publisher alone(parts(), logs(), {}, 0, false);
  EXPECT_FALSE(alone.published(world_.town->id));
  write(2);
  ASSERT_TRUE(alone.published(world_.town->id));
  EXPECT_EQ(alone.published(world_.town->id)->head.size, 2U);
  EXPECT_FALSE(alone.published(world_.town->id)->witnessed);
}

TEST_F(PublisherTest, PublishesWhatEnoughWitnessesVouchFor) {
  round();
  EXPECT_EQ(shown(), "nothing");
  write(3);
  publisher_->tick();
  EXPECT_EQ(shown(), "nothing");
  publisher_->ask(0);
  EXPECT_EQ(shown(), "3 witnessed one");
  publisher_->ask(1);
  EXPECT_EQ(shown(), "3 witnessed one two");  // late, and still shown
  write(2);
  round();
  EXPECT_EQ(shown(), "5 witnessed one two");
  // Everybody can check it: both lines stand under the head.
  const auto note = log::parse_note(publisher_->published(world_.town->id)->head.note);
  const std::vector keys{*log::NoteVerifier::parse(world_.town->signer.vkey()), *log::NoteVerifier::parse(one_.cosigner.vkey()),
                         *log::NoteVerifier::parse(two_.cosigner.vkey())};
  EXPECT_EQ(log::verify_note(*note, keys)->size(), 3U);
}

TEST_F(PublisherTest, OneThatIsDownKeepsNobodyWaiting) {
  two_.down = true;
  write(3);
  round();
  EXPECT_EQ(shown(), "3 witnessed one");
  EXPECT_THAT(faults_, HasSubstr("the witness two does not vouch: connection refused"));
  EXPECT_EQ(publisher_->witnesses(world_.town->id)[1].fault, WitnessFault::unreachable);
  // It is asked again after a pause that grows.
  const auto before = two_.asked;
  publisher_->ask(1);
  EXPECT_EQ(two_.asked, before);
  world_.clock.pass(witness_pause_first * 2);
  publisher_->ask(1);
  EXPECT_EQ(two_.asked, before + 1);
  world_.clock.pass(witness_pause_first * 5 / 4);
  publisher_->ask(1);
  EXPECT_EQ(two_.asked, before + 1);
  two_.down = false;
  world_.clock.pass(witness_pause_max * 2);
  publisher_->ask(1);
  EXPECT_EQ(shown(), "3 witnessed one two");
  EXPECT_FALSE(publisher_->witnesses(world_.town->id)[1].fault);
}

TEST_F(PublisherTest, PublishesTheSignedHeadWhenTooFewVouchForTenMinutes) {
  start(2);
  two_.down = true;
  write(3);
  round();
  world_.clock.pass(witness_wait_max - std::chrono::milliseconds(1));
  round();
  EXPECT_EQ(shown(), "nothing");
  world_.clock.pass(std::chrono::milliseconds(1));
  round();
  EXPECT_EQ(shown(), "3 signed one");
  EXPECT_THAT(faults_, HasSubstr("3 entries were published without enough witnesses"));
  two_.down = false;
  world_.clock.pass(witness_pause_max * 2);
  round();
  EXPECT_EQ(shown(), "3 witnessed one two");
}

TEST_F(PublisherTest, ShowsTheSameAfterARestartAndNeverLess) {
  write(3);
  round();
  one_.down = two_.down = true;
  write(2);
  start(1);
  EXPECT_EQ(shown(), "3 witnessed one two");
  const auto since = publisher_->witnesses(world_.town->id)[0].since;
  EXPECT_EQ(since, static_cast<std::uint64_t>(world_.clock.now().ms / 1000));
  round();
  EXPECT_EQ(shown(), "3 witnessed one two");
}

TEST_F(PublisherTest, ALogThatGetsItsFirstWitnessesIsShownAsItWasUntilTheyVouch) {
  write(3);
  start(1);
  EXPECT_EQ(shown(), "3 signed");
  round();
  EXPECT_EQ(shown(), "3 witnessed one two");
}

TEST_F(PublisherTest, AWitnessMayHaveSeenHeadsThatWeForgotItHad) {
  write(3);
  round();
  start(1);  // what each has seen is not kept: it says so itself
  write(4);
  round();
  EXPECT_EQ(shown(), "7 witnessed one two");
}

// Somebody holds a receipt under a newer head of ours, and offers that one before we offer the candidate.
TEST_F(PublisherTest, AHeadOfOursThatAWitnessHasSeenAlreadyTakesTheCandidatesPlace) {
  start(2);
  write(3);
  publisher_->tick();
  write(2);
  const auto newest = *world_.committer->head(world_.town->id);
  ASSERT_EQ(newest.size, 5U);
  ASSERT_EQ(one_.witness->add_checkpoint("old 0\n\n" + newest.note).status, 200);
  round();
  EXPECT_EQ(shown(), "nothing");
  round();
  EXPECT_EQ(shown(), "5 witnessed one two");
  EXPECT_FALSE(publisher_->witnesses(world_.town->id)[0].fault) << faults_;
}

TEST_F(PublisherTest, ForgetsWhatWitnessesVouchedForWhenThereAreNoneAnyMore) {
  write(3);
  round();
  ASSERT_FALSE(notes_.published.empty());
  Publisher alone(parts(), logs(), {}, 0, false);
  alone.start();
  EXPECT_TRUE(notes_.published.empty());
  write(4);
  start(1);
  EXPECT_EQ(shown(), "7 signed") << "as it was shown meanwhile, and not the 3 of before";
}

// Signed by the witness, but not our head: a blank line in its answer ends the text later than ours ends.
TEST_F(PublisherTest, TakesNoLineUnderATextThatIsLongerThanTheHead) {
  write(3);
  publisher_->tick();
  const auto head = *world_.committer->head(world_.town->id);
  const auto text = log::parse_note(head.note)->text;
  const auto longer = text + "\nx\n";
  one_.says = WitnessClient::Reply{200, "x\n\n" + to_text(one_.cosigner.cosign(longer, 1'772'326'800))};
  publisher_->ask(0);
  EXPECT_EQ(publisher_->witnesses(world_.town->id)[0].fault, WitnessFault::signature);
  EXPECT_EQ(shown(), "nothing");
}

TEST_F(PublisherTest, TakesNoLineThatIsNotTheWitnessesOwn) {
  write(3);
  for (const auto& says : std::vector<WitnessClient::Reply>{{200, "nonsense"},
                                                            {200, ""},
                                                            {200, to_text(two_.cosigner.cosign("other\n", 1))},
                                                            {302, ""},
                                                            {409, "x\n"},
                                                            {409, "0\n"},
                                                            {500, ""}}) {
    one_.says = says;
    world_.clock.pass(witness_pause_max * 2);
    publisher_->tick();
    publisher_->ask(0);
    EXPECT_TRUE(publisher_->witnesses(world_.town->id)[0].fault) << says.status << says.body;
  }
  EXPECT_EQ(shown(), "3 signed");  // so much time went by
  one_.says = WitnessClient::Reply{409, "9\n"};  // it has seen more than there is: nobody goes on from there
  world_.clock.pass(witness_pause_max * 2);
  publisher_->ask(0);
  EXPECT_EQ(publisher_->witnesses(world_.town->id)[0].fault, WitnessFault::conflict);
}

TEST_F(PublisherTest, RefusesToServeADatabaseThatIsOlderThanWhatWitnessesSaw) {
  write(3);
  round();
  publisher_->hold_against_witnesses();  // all is well
  // The same log with another history: the witness has seen a head that this database does not hold.
  const auto forge = [&](std::uint64_t size) {
    log::Note note{log::checkpoint_text({world_.town->origin, size, log::leaf_hash({})}), {}};
    note.signatures.push_back(world_.town->signer.signature(note.text));
    note.signatures.push_back(one_.cosigner.cosign(note.text, 1));
    return WitnessClient::Reply{200, to_text(note)};
  };
  const auto refusal = [&] {
    try {
      publisher_->hold_against_witnesses();
      return std::string("it starts");
    } catch (const StoreFailure& fault) {
      return std::string(fault.what());
    }
  };
  one_.says = forge(4);
  EXPECT_THAT(refusal(), HasSubstr("one vouched for 4 entries of example.org/town/log1, and the database holds 3."));
  one_.says = forge(2);
  EXPECT_THAT(refusal(), HasSubstr("and the database holds others in their place"));
  // What the log did not sign says nothing about it, and keeps nobody from starting.
  one_.says->body.replace(one_.says->body.find("\n2\n"), 3, "\n9\n");
  EXPECT_EQ(refusal(), "it starts");
  one_.down = true;
  EXPECT_EQ(refusal(), "it starts");
  EXPECT_THAT(faults_, HasSubstr("connection refused"));
}

TEST_F(PublisherTest, RefusesToServeADatabaseThatIsOlderThanWhatWasPublished) {
  write(3);
  round();
  const log::Checkpoint ahead{world_.town->origin, 4, log::leaf_hash({})};
  notes_.published[world_.town->id.number] = world_.town->signer.sign(log::checkpoint_text(ahead));
  EXPECT_THROW(start(1), StoreFailure);
}

TEST_F(PublisherTest, OnASharedDatabaseOnlyTheHolderOfTheLeasePublishes) {
  std::vector<WitnessPeer> peers;
  peers.push_back({*log::NoteVerifier::parse(one_.cosigner.vkey()), std::make_unique<FarClient>(one_)});
  publisher_ = std::make_unique<Publisher>(parts(), logs(), std::move(peers), 1, true);
  write(2);
  publisher_->tick();
  publisher_->ask(0);
  EXPECT_EQ(shown(), "nothing");
  const auto chore = publisher_->publishing_chore();
  ASSERT_TRUE(submit(world_,
                     [&](Ledger& ledger) {
                       auto run = chore.run(ledger);
                       return run.ok() ? Result<void>() : Result<void>(run.error());
                     })
                  .get()
                  .result.ok());
  publisher_->tick();
  publisher_->ask(0);
  EXPECT_EQ(shown(), "2 witnessed one");
  world_.clock.pass(publishing_lease);
  write(1);
  publisher_->tick();
  publisher_->ask(0);
  EXPECT_EQ(shown(), "2 witnessed one");  // the lease ran out: another node may publish
  notes_.published[world_.town->id.number] =
      world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 3, log::leaf_hash({})}));
  publisher_->tick();
  EXPECT_EQ(shown(), "3 signed");  // what that one published is shown here too
}

}  // namespace
}  // namespace huiyin::app
