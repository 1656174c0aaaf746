using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>When a reader is sent a message of an approach: once, and again when it has changed by much.</summary>
internal sealed class MessageRules(ScreeningSettings settings)
{
    /// <summary>As the board takes approaches of one pair for one event.</summary>
    private const double SameEventS = 600;

    /// <summary>Above, nobody waits.</summary>
    private const double HighProbability = 1e-4;

    /// <summary>Factor of the probability, share of the miss with its least, and time, by which a message differs from the one before.</summary>
    private const double ProbabilityFactor = 3, MissShare = 0.2, MissLeastKm = 0.1, TimeS = 10;

    /// <summary>Names that stay as long as both orbits do.</summary>
    public static string SourcesOf(BoardConjunction one) => $"{one.First.Id}|{one.Second.Id}|{(one.Approach.IsCoMoving ? "together" : (one.Approach.Tca.NanosecondsSinceJ2000 / 1_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture))}";

    /// <summary>Which line of orbits: it stays while newer ones follow.</summary>
    public static string NameOf(OrbitSource source) => $"{source.Line.ObjectKey} {source.Kind} {source.Originator?.Value ?? "-"}{(source.Line.IsPlanned ? " planned" : "")}";

    /// <param name="one">As the reader is told of it now.</param>
    /// <param name="sent">The messages that the reader was sent.</param>
    /// <param name="now">The present.</param>
    public bool IsDue(BoardConjunction one, SentMessages sent, Epoch now)
    {
        if (!one.IsCurrent || one.Approach.Tca < now) return false;
        string first = NameOf(one.First), second = NameOf(one.Second);
        double? probability = one.Probability.Recommended.Probability;
        var last = sent.Standing(first, second).Where(IsOfEvent).MaxBy(message => message.Made);
        if (last is null ? !IsWorth(probability, one.Approach.MissKm) : !IsNews(last)) return false;
        // What was withdrawn may be told anew at once, since an orbit may have been corrected; but whoever takes his word back again and again causes no more messages than another.
        int withdrawn = sent.Withdrawn(first, second).Count(message => IsOfEvent(message) && IsRecent(message));
        bool hasRisen = probability >= HighProbability && !(last?.Probability >= HighProbability);
        return withdrawn <= 1 && (hasRisen || last is null || !IsRecent(last));

        bool IsOfEvent(LedgerMessage message) => one.Approach.IsCoMoving || Math.Abs(message.Time.SecondsSince(one.Approach.Tca)) <= SameEventS;

        bool IsRecent(LedgerMessage message) => now.SecondsSince(message.Made) < settings.MessageInterval.TotalSeconds;

        bool IsNews(LedgerMessage before)
            => before.Sources != SourcesOf(one) && Differs(before, probability, one.Approach.MissKm, one.Approach.IsCoMoving ? before.Time : one.Approach.Tca)
                && (IsWorth(probability, one.Approach.MissKm) || IsWorth(before.Probability, before.MissKm));
    }

    private bool IsWorth(double? probability, double missKm) => probability is { } figure ? figure >= settings.MessageMinProbability : missKm <= settings.MessageWithinKm;

    private static bool Differs(LedgerMessage last, double? probability, double missKm, Epoch time)
        => last.Probability is null != probability is null
            || (last.Probability is { } was && probability is { } now && (now > ProbabilityFactor * was || was > ProbabilityFactor * now))
            || Math.Abs(missKm - last.MissKm) > Math.Max(MissLeastKm, MissShare * last.MissKm)
            || Math.Abs(time.SecondsSince(last.Time)) > TimeS;
}
