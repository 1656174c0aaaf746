using System.Globalization;
using System.Text.RegularExpressions;
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
internal sealed partial class MessageAssessor(PcTask task)
{
    /// <summary>Less probable than this, a change is of no account; smaller changes neither.</summary>
    private const double LeastThatCounts = 1e-10, LeastChange = 1.05;

    private readonly EarthRotation _rotation = new(EarthOrientation.Default.Extended());

    /// <param name="tell">Gets why a message cannot be assessed.</param>
    public List<AssessedMessage> Assess(IReadOnlyList<ConjunctionRead> messages, Action<ReadIssue> tell, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var results = new List<AssessedMessage>();
        foreach (var (index, read) in messages.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((task.RadiusKm ?? StatedRadiusKm(read.Message)) is { } radiusKm) results.Add(Assess(read, radiusKm));
            else tell(new ReadIssue(read.File, read.Line, IssueSeverity.Refused, "COMMENT HBR", read.Message.MessageId, "the message says no hard-body radius", "give --radius-m"));
            progress.Report((index + 1.0) / messages.Count);
        }
        return results;
    }

    /// <summary>As the makers of messages write it into a comment: "HBR = 15 [m]". Version 1.0 has no keyword for it.</summary>
    /// <returns>Null where no comment of the message has it.</returns>
    internal static double? StatedRadiusKm(ConjunctionMessage message)
    {
        foreach (string comment in message.Comments.Concat(message.First.Comments))
            if (RadiusComment().Match(comment) is { Success: true } match && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double metres) && metres > 0 && double.IsFinite(metres)) return metres / 1e3;
        return null;
    }

    private AssessedMessage Assess(ConjunctionRead read, double radiusKm)
    {
        var message = read.Message;
        CartesianState first = Inertial(message.First.State), second = Inertial(message.Second.State);
        Covariance6 firstCovariance = InFrameOf(first, message.First.Covariance), secondCovariance = InFrameOf(second, message.Second.Covariance);
        var sharedError = StatedSharedError.Of(message, first, second);
        var assessment = Of(task.IsSharedUsed ? sharedError : null, task.Options);
        var shared = sharedError is null ? null : task.IsSharedUsed ? assessment : Of(sharedError, new ProbabilityOptions(ProbabilityMethods.TwoDimensional) { Defaults = task.Options.Defaults });
        double missKm = assessment.Geometry?.MissDistanceKm ?? first.SeparationKm(second).Norm;
        return new AssessedMessage(read, radiusKm, missKm, assessment, [.. Stated(message.First, "first"), .. Stated(message.Second, "second"), .. assessment.Warnings.Select(PcWords.Warning), .. Missing(shared), .. Changed(shared, assessment)])
        {
            Shared = shared, IsSharedUsed = task.IsSharedUsed && shared is not null,
        };

        ProbabilityAssessment Of(SharedError? error, ProbabilityOptions options) => ProbabilityAssessor.Assess(first, firstCovariance, second, secondCovariance, radiusKm, options, error);
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

    private CartesianState Inertial(CartesianState state) => state.Frame == Frame.Itrf ? _rotation.ToGcrf(state) : state;

    /// <summary>The six parameters of the state, out of the object's own axes.</summary>
    private static Covariance6 InFrameOf(CartesianState state, RtnCovariance covariance) => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(covariance.Lower[..21]));

    [GeneratedRegex(@"^\s*HBR\s*=\s*([0-9.eE+-]+)\s*(?:\[m\])?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RadiusComment();
}
