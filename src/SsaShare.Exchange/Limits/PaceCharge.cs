using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What a limit counts. Numbers stand in the database: none is reused.</summary>
public enum LimitedFigure
{
    RecordsPerMinute = 1,
    RecordsPerDay = 2,
    BytesPerDay = 3,
}

/// <summary>One figure of one limit.</summary>
public readonly record struct PaceKey(ClauseId Limit, LimitedFigure Figure);

/// <summary>What an answer counts towards one figure.</summary>
/// <param name="Amount">Items, or bytes of payload.</param>
/// <param name="Limit">How much a window allows.</param>
/// <param name="Window">A minute or a day.</param>
public sealed record PaceCharge(PaceKey Key, long Amount, long Limit, TimeSpan Window)
{
    /// <summary>The pace after this charge.</summary>
    public Epoch After(Epoch? before, Epoch now) => LimitPace.After(before, now, Amount, Limit, Window);
}
