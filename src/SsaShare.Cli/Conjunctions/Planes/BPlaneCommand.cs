using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa plot bplane CDM...</summary>
internal static class BPlaneCommand
{
    /// <summary>Messages of one event agree on its time to this: their orbits differ, their approach does not.</summary>
    private const double SameEventSeconds = 600;

    private const string Text = """
        The encounter plane of a conjunction: what is left when one looks along the relative velocity. Z is along the velocity of the second object against the first, Y up (radial of the first object, as far as it is across Z), X = Y x Z.

        Drawn are the first object with a circle of the hard-body radius, the second where it passes, and about it 1, 2 and 3 sigma of both errors together. What is too small to be seen has a picture of its own. Of several messages of one event, older ones are lighter: how miss and sigma evolved.

        The radius is --radius-m, or else that of the message's comment 'HBR = R [m]'.

        Examples:
          ssa plot bplane event.cdm -o plane.svg
          ssa plot bplane event-1.cdm event-2.cdm event-3.cdm -o history.svg --radius-m 15
        """;

    public static Command Create()
    {
        var input = new FormatInput("CDM", "Files of conjunction data messages of one event", calculates: true);
        var radius = new Option<double?>("--radius-m") { Description = "Hard-body radius: the sum of the radii of spheres around both objects, m. Default: the message's comment HBR.", HelpName = "R" };
        Option<string> output = PlotCommands.Output(), title = PlotCommands.Title();
        var command = new Command("bplane", Text) { radius, title, output };
        input.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var task = new PcTask(PcOptions.Radius(parsed.GetValue(radius), radius.Name), new ProbabilityOptions(ProbabilityMethods.TwoDimensional | ProbabilityMethods.Maximum));
            var messages = new List<ConjunctionRead>();
            bool isThere = true, isComplete = true;
            foreach (string one in input.Files(parsed))
            {
                await using var opened = input.Open(parsed, one, Tell, out bool isHere);
                isThere &= isHere;
                if (opened is null) continue;
                foreach (var found in ConjunctionInput.Read(opened))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (found.Issue is { } issue) Tell(issue);
                    else if (found.Message is { } message) messages.Add(new ConjunctionRead(opened.Name, found.Line, message));
                }
            }
            var results = await ProgressLine.ShowAsync("Probabilities", say => Task.Run(() => new MessageAssessor(task).Assess(messages, Tell, new ShareTold(say), cancellationToken), cancellationToken));
            var drawn = Drawn(results, Tell);
            if (drawn.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            Require(drawn);
            await PlotCommands.WriteAsync(BPlanePlot.Draw(parsed.GetValue(title), drawn), parsed.GetValue(output)!);
            return !isThere ? ExitCodes.NotFound : isComplete ? ExitCodes.Ok : ExitCodes.Failure;

            void Tell(ReadIssue issue)
            {
                isComplete &= issue.Severity != IssueSeverity.Refused;
                Console.Error.WriteLine(FormatText.Line(issue));
            }
        });
    }

    /// <summary>Those that have a plane, the newest last.</summary>
    private static List<PlaneEncounter> Drawn(List<AssessedMessage> results, Action<ReadIssue> tell)
    {
        var drawn = new List<PlaneEncounter>();
        foreach (var one in results.OrderBy(one => one.Read.Message.Created))
        {
            if (one.Assessment.Geometry is { } geometry) drawn.Add(new PlaneEncounter(one, geometry));
            else if (one.Assessment.Warnings.Any(warning => warning.Kind is ProbabilityWarningKind.FirstCovariance or ProbabilityWarningKind.SecondCovariance) && one.Assessment.Recommended.Probability is null)
                Refuse(one, "covariance", "a covariance is missing", "there is nothing to draw; give a message with both");
            else Refuse(one, "velocity", "no relative velocity", "there is no plane to look at");
        }
        return drawn;

        void Refuse(AssessedMessage one, string field, string reason, string remedy) => tell(new ReadIssue(one.Read.File, one.Read.Line, IssueSeverity.Refused, field, one.Read.Message.MessageId, reason, remedy));
    }

    /// <exception cref="FormatException">They are not of one event.</exception>
    private static void Require(List<PlaneEncounter> drawn)
    {
        var newest = drawn[^1];
        foreach (var one in drawn)
        {
            if ((one.First, one.Second) != (newest.First, newest.Second))
                throw new FormatException($"{one.File} is of {one.First} and {one.Second}, {newest.File} of {newest.First} and {newest.Second}. Give messages of one pair, the same object first.");
            if (Math.Abs(one.Time.SecondsSince(newest.Time)) > SameEventSeconds)
                throw new FormatException($"{one.File} has its closest approach at {Utc.Format(one.Time)}, {newest.File} at {Utc.Format(newest.Time)}. Give messages of one event.");
        }
    }
}
