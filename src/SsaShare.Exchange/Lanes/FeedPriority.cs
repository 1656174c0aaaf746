using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Whether a publication may wait behind bulk data. Numbers stand in databases and words in documents: none is renamed or reused.</summary>
public enum FeedPriority
{
    /// <summary>Everything that is not urgent; documents leave it out.</summary>
    Routine = 0,

    /// <summary>Conjunction messages, manoeuvre and event notices: in publications, lanes and pulls of their own, so that they wait for nothing else.</summary>
    Urgent = 1,
}

/// <summary>Which records are urgent.</summary>
public static class FeedPriorities
{
    /// <summary>The priority of a record's publication follows from the record's class alone, so that both sides know it.</summary>
    public static FeedPriority Of(RecordClass recordClass)
        => recordClass is RecordClass.ConjunctionMessage or RecordClass.ManeuverNotice or RecordClass.EventNotice ? FeedPriority.Urgent : FeedPriority.Routine;
}
