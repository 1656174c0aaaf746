using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <param name="RadiusKm">Of both objects together.</param>
/// <param name="MissKm">At the closest approach; at the stated time where there is no relative velocity.</param>
internal sealed record AssessedMessage(ConjunctionRead Read, double RadiusKm, double MissKm, ProbabilityAssessment Assessment, IReadOnlyList<string> Warnings)
{
    /// <summary>The same with the error that both objects share taken into account; null where the message does not tell of one.</summary>
    public ProbabilityAssessment? Shared { get; init; }

    /// <summary>Whether <see cref="Assessment"/> itself takes it into account.</summary>
    public bool IsSharedUsed { get; init; }
}

/// <summary>From conjunction messages to probabilities.</summary>
internal sealed class MessageAssessor(PcTask task)
{
    /// <summary>Less probable than this, a change is of no account; smaller changes neither.</summary>
    private const double LeastThatCounts = 1e-10, LeastChange = 1.05;

    private readonly EarthRotation _rotation = new(EarthOrientation.Default.Extended());

    /// <summary>Of those given so far, the messages that could not be assessed, and why.</summary>
    public List<(ConjunctionRead Read, ReadIssue Issue)> Refused { get; } = [];

    /// <param name="tell">Gets why a message cannot be assessed.</param>
    public List<AssessedMessage> Assess(IReadOnlyList<ConjunctionRead> messages, Action<ReadIssue> tell, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var results = new List<AssessedMessage>();
        foreach (var (index, read) in messages.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((task.RadiusKm ?? ConjunctionEncounter.StatedRadiusKm(read.Message)) is { } radiusKm)
            {
                if (ConjunctionEncounter.TryOf(read.Message, _rotation, out var encounter, out string? reason)) results.Add(Assess(read, encounter, radiusKm));
                else Refuse(new ReadIssue(read.File, read.Line, IssueSeverity.Refused, "stateVector", read.Message.MessageId, reason, "give the states of both objects"));
            }
            else Refuse(new ReadIssue(read.File, read.Line, IssueSeverity.Refused, "COMMENT HBR", read.Message.MessageId, "the message says no hard-body radius", "give --radius-m"));
            progress.Report((index + 1.0) / messages.Count);

            void Refuse(ReadIssue issue)
            {
                Refused.Add((read, issue));
                tell(issue);
            }
        }
        return results;
    }

    private AssessedMessage Assess(ConjunctionRead read, ConjunctionEncounter encounter, double radiusKm)
    {
        var message = read.Message;
        var sharedError = StatedSharedError.Of(message, encounter.First, encounter.Second);
        var assessment = Of(task.IsSharedUsed ? sharedError : null, task.Options);
        var shared = sharedError is null ? null : task.IsSharedUsed ? assessment : Of(sharedError, new ProbabilityOptions(ProbabilityMethods.TwoDimensional) { Defaults = task.Options.Defaults });
        double missKm = assessment.Geometry?.MissDistanceKm ?? encounter.First.SeparationKm(encounter.Second).Norm;
        return new AssessedMessage(read, radiusKm, missKm, assessment, [.. Stated(message.First, "first"), .. Stated(message.Second, "second"), .. assessment.Warnings.Select(PcWords.Warning), .. Missing(shared), .. Changed(shared, assessment)])
        {
            Shared = shared, IsSharedUsed = task.IsSharedUsed && shared is not null,
        };

        ProbabilityAssessment Of(SharedError? error, ProbabilityOptions options) => encounter.Assess(radiusKm, options, error);
    }

    /// <summary>What was asked for and cannot be.</summary>
    private IEnumerable<string> Missing(ProbabilityAssessment? shared)
    {
        if (task.IsSharedUsed && shared is null) yield return "--shared-error: the message does not state the error of the air's density for both objects (comments 'DCP ...'), so the two errors are taken as independent.";
    }

    /// <summary>A change that a decision may depend on.</summary>
    private IEnumerable<string> Changed(ProbabilityAssessment? shared, ProbabilityAssessment apart)
    {
        if (task.IsSharedUsed || shared?.Recommended.Probability is not { } with || apart.Recommended.Probability is not { } without || !(Math.Max(with, without) > LeastThatCounts)) yield break;
        double most = Math.Max(with, without), least = Math.Min(with, without);
        if (!(most > LeastChange * least)) yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"Both objects share the error of the forecast density of the air. With it the probability is {with:0.###E+0} instead of {without:0.###E+0}{(least > 0 && most / least < 1e3 ? $" ({with / without:G3} times)" : "")}; give --shared-error to compute everything so.");
    }

    private static IEnumerable<string> Stated(ConjunctionObject one, string which)
    {
        if (one.CovarianceMethod == "DEFAULT") yield return $"The message calls the covariance of the {which} object a default, not calculated.";
    }
}
