using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What a history says in words.</summary>
internal static class HistoryWords
{
    /// <summary>A place of passing that moves by more was not known as well as was said.</summary>
    private const double LargestChangeSigmas = 3;

    /// <summary>The histories of what was assessed.</summary>
    public static IReadOnlyList<ConjunctionHistory> Of(IReadOnlyList<AssessedMessage> results)
    {
        var assessed = new Dictionary<ConjunctionMessage, AssessedMessage>(ReferenceEqualityComparer.Instance);
        foreach (var one in results) assessed.Add(one.Read.Message, one);
        return ConjunctionHistory.Of(assessed.Keys, message => new ConjunctionUpdate(message, assessed[message].RadiusKm, assessed[message].Assessment));
    }

    public static string Trend(ProbabilityTrend trend) => trend switch
    {
        ProbabilityTrend.Unknown => "unknown",
        ProbabilityTrend.Steady => "steady",
        ProbabilityTrend.Rising => "rising",
        ProbabilityTrend.Falling => "falling",
        _ => throw new ArgumentOutOfRangeException(nameof(trend), trend, null),
    };

    /// <summary>Sentences about an event, for people.</summary>
    public static IEnumerable<string> Sentences(ConjunctionHistory history)
    {
        if (history.Updates.Count == 0) yield break;
        var last = history.Updates[^1];
        if (last.Probability is { } now && history.Highest is { } highest)
        {
            string trend = history.Trend == ProbabilityTrend.Unknown ? "" : $", {Trend(history.Trend)}";
            string peak = history.Updates.Count == 1 ? "" : ReferenceEquals(highest, last) ? ": the highest so far" : $"; highest {Figure(highest.Probability)}, {Hours(highest.SecondsToApproach)} h before the closest approach";
            yield return $"Probability {Figure(now)}{trend}{peak}.";
        }
        else yield return "The last message has no probability.";
        if (last.IsDiluted == true) yield return $"Diluted: the error is larger than where the probability is highest ({Figure(last.MaximumProbability)}); a low figure says little, and better orbits may raise it.";
        else if (last.IsDiluted == false) yield return "Not diluted: better orbits would lower the probability, unless they move the place of passing.";
        if (history.LastChangeSigmas is { } sigmas)
            yield return string.Create(CultureInfo.InvariantCulture, $"The place of passing moved by {sigmas:0.0#} sigma of the message before{(sigmas > LargestChangeSigmas ? ": that covariance was too small, or an object has manoeuvred." : ".")}");
    }

    public static string Hours(double seconds) => (seconds / 3_600).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Figure(double? value) => value?.ToString("0.###E+0", CultureInfo.InvariantCulture) ?? "-";
}
