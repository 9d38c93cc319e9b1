// SPDX-License-Identifier: MIT
#pragma once

#include "resumedata.h"

#include <optional>

namespace longhaul {

// What one run asks of the server next, and what an answer is good for. A value without I/O: FetchJob does
// what it says.
class FetchPlan
{
public:
    // What a request is for.
    enum class Purpose {
        Bytes, // what is missing
        Proof, // what is on disk, to compare it (proof by overlap)
        Size,  // whether anything lies behind a body whose end was marked by nothing
        Alive, // whether the server answers at all without a range
    };
    // What to do with an answer.
    enum class Use {
        Append,   // its bytes belong behind what is there; or it is the first answer of all
        Prove,    // compare its bytes, write nothing
        Overlay,  // a whole copy: compare, and write from the first difference on
        Check,    // compare with all that is on disk; what lies behind may be written when agreed() came
        AskAgain, // nothing; next() knows how
        Complete, // nothing is missing: the size is knownSize()
        Fail,     // the verdict was an error
        Other,    // it is another file: fail with OtherFile
    };

    // `received` is what may be trusted of the part on disk. `lastTry`: if this run fails like those before
    // it, the task has failed; so where ranges bring nothing, a whole copy is asked for.
    // `endSeen`: see ResumeData.
    void start(const Entity &entity, const RangeSet &received, bool lastTry, bool endSeen);
    // The answers come from a new address: nothing that was known of the old one vouches for the bytes on
    // disk. Until agreed(), nothing but their equality counts; whatever differs is another file.
    void startStrict(const RangeSet &received, bool lastTry);
    bool isStrict() const { return m_strict; }
    // After start(): these bytes are on disk, and not believed. They are compared with the server's, whatever
    // vouches for them; where that has no ranges, all in one copy.
    void startRepair(const RangeSet &doubtful);
    // After start() or startStrict(): the part file is not as it was left. Whatever vouches for the file on
    // the server, nothing is written behind the bytes on disk, and they are not all there, before the proof
    // by overlap.
    void doubt();
    bool doubts() const { return m_doubt; }
    // Bytes must still be compared before all can be there.
    bool owesProof() const
    {
        return m_strict || m_doubt || (m_repair && !m_unranged && !m_toProve.isEmpty());
    }
    // The byte at `offset` is another one in the second fetch: what of the file to fetch again. The piece
    // grows as long as the next one begins with a difference, so that another file does not take for ever.
    ByteRange distrust(qint64 offset, qint64 total);
    bool isRepair() const { return m_repair; }
    const RangeSet &toProve() const { return m_toProve; }
    // A whole copy has done what was to be done by pieces.
    void endRepair();
    // The new address has shown that it leads to the same file: from now on it is one like any other.
    void agreed();

    // The next request, or nothing when too many in a row brought no byte.
    std::optional<RangeRequest> next(const ResumeData &data);
    Purpose purpose() const { return m_purpose; }

    // A web page in the place of this file would be a login, not the file.
    static bool expectsBinary(const ResumeData &data);
    // The beginning of a body of no media type looks like one.
    static bool isPage(const QByteArray &begin);

    Use judge(const Verdict &verdict, const ResumeData &data);
    qint64 knownSize() const { return m_knownSize; }

    // A new byte was written, or one on disk was proved.
    void progressed() { m_asks = 0; }
    // These bytes on disk are equal to the server's.
    void proved(ByteRange range);
    bool hasAllProof() const { return m_toProve.isEmpty(); }
    // All of the proof is there: `validators` of its answers now stand for the part on disk.
    void proofDone();
    // Ranges of this server do not fit what is on disk: go on with a whole copy.
    void distrustRanges() { m_unranged = true; }
    bool trustsRanges() const { return !m_unranged; }
    // The answer ended before it had passed the overlap: true when a shorter one should be tried at once.
    bool shortenOverlap();
    // The exchange broke without an answer: true when a whole copy should be asked for instead.
    bool wantsWholeInstead();
    // Whether to ask for the size before the end of the body is believed: true a few times.
    bool wantsSize();
    // The question for the size met an error: whether the end is believed all the same.
    bool believesEnd(const Error &error) const;

private:
    enum class Proof { NotNeeded, Needed, Done };
    static constexpr qint64 kLeastDoubt = 64 << 10;

    ByteRange missingRange(const ResumeData &data) const;
    bool isOther(const Verdict &verdict, const ResumeData &data) const;
    Use judgeSize(const Verdict &verdict, const ResumeData &data);
    Use judgeAccepted(const Accepted &accepted, const ResumeData &data);

    Purpose m_purpose = Purpose::Bytes;
    Proof m_proof = Proof::NotNeeded;
    RangeSet m_toProve;
    qint64 m_knownSize = 0;
    qint64 m_overlap = 64 << 10; // bytes on disk with which the rest begins, to prove itself
    int m_asks = 0;              // in a row, without a new byte
    bool m_secondTry = false;
    bool m_withoutIfRange = false;
    bool m_unranged = false;
    int m_sizeAsks = 0;
    bool m_sizeOpen = false; // asked, and not yet answered
    bool m_lastTry = false;
    bool m_strict = false;
    bool m_repair = false;
    bool m_doubt = false;
    qint64 m_piece = kLeastDoubt; // to be fetched again at the next difference
    bool m_alive = false;         // the server has just answered without a range
};

// What an accepted answer says of the file.
Entity entityOf(const Accepted &accepted, const QUrl &finalUrl);

// The same where the answer continues what is on disk and `known`.
Entity entityOfPart(const Accepted &accepted, const QUrl &finalUrl, const Entity &known);

// The same for a whole copy of what may be `known` already: a size that only the earlier answers gave stays
// a promise, unless the copy is of another version.
Entity entityOfCopy(const Accepted &accepted, const QUrl &finalUrl, const Entity &known);

} // namespace longhaul
