using System.Globalization;
using System.Text.RegularExpressions;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <param name="RadiusKm">Of both objects together.</param>
/// <param name="MissKm">At the closest approach; at the stated time where there is no relative velocity.</param>
internal sealed record AssessedMessage(ConjunctionRead Read, double RadiusKm, double MissKm, ProbabilityAssessment Assessment, IReadOnlyList<string> Warnings);

/// <summary>From conjunction messages to probabilities.</summary>
internal sealed partial class MessageAssessor(PcTask task)
{
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
        var assessment = ProbabilityAssessor.Assess(first, InFrameOf(first, message.First.Covariance), second, InFrameOf(second, message.Second.Covariance), radiusKm, task.Options);
        double missKm = assessment.Geometry?.MissDistanceKm ?? first.SeparationKm(second).Norm;
        return new AssessedMessage(read, radiusKm, missKm, assessment, [.. Stated(message.First, "first"), .. Stated(message.Second, "second"), .. assessment.Warnings.Select(Words)]);
    }

    private static IEnumerable<string> Stated(ConjunctionObject one, string which)
    {
        if (one.CovarianceMethod == "DEFAULT") yield return $"The message calls the covariance of the {which} object a default, not calculated.";
    }

    private static string Words(ProbabilityWarning warning) => warning.Kind switch
    {
        ProbabilityWarningKind.FirstCovariance => $"Covariance of the first object: {warning.Text}",
        ProbabilityWarningKind.SecondCovariance => $"Covariance of the second object: {warning.Text}",
        _ => warning.Text,
    };

    private CartesianState Inertial(CartesianState state) => state.Frame == Frame.Itrf ? _rotation.ToGcrf(state) : state;

    /// <summary>The six parameters of the state, out of the object's own axes.</summary>
    private static Covariance6 InFrameOf(CartesianState state, RtnCovariance covariance) => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(covariance.Lower[..21]));

    [GeneratedRegex(@"^\s*HBR\s*=\s*([0-9.eE+-]+)\s*(?:\[m\])?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RadiusComment();
}
