namespace SsaShare.Exchange;

/// <summary>In which way logs contradict each other, or a log itself. The words stand in reports for programs: none is renamed or reused.</summary>
public enum FindingKind
{
    Unspecified = 0,

    /// <summary>"missing": one log says that something was given, signed or published, and where it belongs there is no trace.</summary>
    Missing = 1,

    /// <summary>"extra": something is there that the other log does not say, or that is there twice.</summary>
    Extra = 2,

    /// <summary>"different": both have it, and not the same.</summary>
    Different = 3,

    /// <summary>"late": times of two clocks that cannot both be right.</summary>
    Late = 4,

    /// <summary>"out-of-agreement": given where no agreement in force allowed it, or the agreements differ.</summary>
    OutOfAgreement = 5,

    /// <summary>"forged": a signature, receipt, card or checkpoint that does not fit, or that nobody could check.</summary>
    Forged = 6,

    /// <summary>"rewritten": a log that is not the one of which others hold checkpoints.</summary>
    Rewritten = 7,

    /// <summary>"split-view": a node that showed two histories, or two answers to one question.</summary>
    SplitView = 8,

    /// <summary>"truncated": a log that ends before what others hold of it.</summary>
    Truncated = 9,

    /// <summary>"malformed": an entry or bundle that cannot be read as what it says it is.</summary>
    Malformed = 10,

    /// <summary>"restored": what a log lost when its node was restored from a backup, by the node's own signed statement, and another log holds.</summary>
    Restored = 11,
}

/// <summary>Words for people and programs.</summary>
public static class FindingKinds
{
    /// <exception cref="ArgumentOutOfRangeException">No kind.</exception>
    public static string Word(this FindingKind kind) => kind switch
    {
        FindingKind.Missing => "missing",
        FindingKind.Extra => "extra",
        FindingKind.Different => "different",
        FindingKind.Late => "late",
        FindingKind.OutOfAgreement => "out-of-agreement",
        FindingKind.Forged => "forged",
        FindingKind.Rewritten => "rewritten",
        FindingKind.SplitView => "split-view",
        FindingKind.Truncated => "truncated",
        FindingKind.Malformed => "malformed",
        FindingKind.Restored => "restored",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of finding."),
    };

    /// <summary>What a finding of this kind means, and what to do about it; two sentences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No kind.</exception>
    public static string Meaning(this FindingKind kind) => kind switch
    {
        FindingKind.Missing => "One of the two logs leaves out what the other proves, or a provider does not account for a record of its feed. Ask the party whose log lacks it: a log that is appended to by the transaction itself does not lose entries.",
        FindingKind.Extra => "Something was given that its provider does not own up to, or something old was given again. Ask the provider for the manifest it logged instead, and treat the records as not covered by its account.",
        FindingKind.Different => "The same stretch or the same record went into the two logs in different forms: its provider told one party something other than it wrote down, or a record or its label was changed on the way. Compare the signed documents at the two places named.",
        FindingKind.Late => "The clock of one of the two was wrong or was set, so that its times prove nothing about delays, suspensions and expiry. Compare with the times of the witnesses' cosignatures.",
        FindingKind.OutOfAgreement => "Records went out that no agreement in force on both sides covers, or the two sides act under different agreements. Treat them as given without a legal basis until both sides show the same signed agreement.",
        FindingKind.Forged => "A document does not come from whom it names, or is not about what it is presented for, or no card is here to check it by. Do not rely on it; compare the partners' cards by another way.",
        FindingKind.Rewritten => "The node shows another past than it signed before. Its whole log has lost its worth as evidence from the first contradiction on; the two signed checkpoints prove that to anybody.",
        FindingKind.SplitView => "The node told two parties two different things, both under its own signature. The two signed documents together prove its misbehaviour to anybody.",
        FindingKind.Truncated => "The bundle ends before entries that the node had logged and signed for. Ask for a bundle of the whole log; if the node cannot give it, it has removed its newest entries.",
        FindingKind.Malformed => "No SsaShare node writes such an entry: the log was edited, or the bundle was damaged on its way. Export it again; if that does not help, the node's software was changed.",
        FindingKind.Restored => "The node lost the newest entries of its log when its database was restored from a backup, and has signed a statement that says how many. For that stretch rely on the logs and receipts of the others, and ask its operator for what led to the restore.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of finding."),
    };
}
