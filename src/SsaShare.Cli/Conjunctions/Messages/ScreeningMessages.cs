using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Writes the approaches of a screening as conjunction messages, in order of time.</summary>
/// <param name="report">Of the screening.</param>
/// <param name="objectOf">What messages say of an object that was screened.</param>
/// <param name="task">What they say besides.</param>
internal sealed class ScreeningMessages(ScreeningReport report, Func<ScreenedObject, EncounterObject> objectOf, MessageTask task)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, EncounterObject> _objects = new();

    public int Written { get; private set; }

    /// <summary>Of those that were written, for want of a radius without a probability.</summary>
    public int WithoutRadius { get; private set; }

    /// <summary>Approaches without a message, in words.</summary>
    public List<string> NotMade { get; } = [];

    /// <param name="write">Gets each message; gives why it cannot be written.</param>
    /// <param name="progress">Gets the share that is done.</param>
    public void WriteTo(Func<ConjunctionMessage, ReadIssue?> write, IProgress<double> progress, CancellationToken cancellationToken)
    {
        int done = 0;
        var made = report.Approaches.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(approach => (Approach: approach, Outcome: Make(approach)));
        foreach (var (approach, outcome) in made)
        {
            if (outcome is ConjunctionMessageOutcome.Made { Message: var message })
            {
                if (write(message) is { } issue) NotMade.Add($"{approach.Id1}, {approach.Id2}: {ScreeningCsv.Time(approach.Tca)}: no message: {FormatText.Line(issue)}");
                else
                {
                    Written++;
                    if (ConjunctionEncounter.StatedRadiusKm(message) is null) WithoutRadius++;
                }
            }
            else if (outcome is ConjunctionMessageOutcome.NotMade { Text: var text }) NotMade.Add($"{approach.Id1}, {approach.Id2}: {ScreeningCsv.Time(approach.Tca)}: no message: {text}");
            progress.Report((double)++done / report.Approaches.Count);
        }
    }

    /// <summary>What is to be told of all of them, for people.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (string line in NotMade) yield return line;
        if (WithoutRadius > 0) yield return $"notice: {WithoutRadius:N0} of {Written:N0} messages state no probability, as a hard-body radius is not known; give --radius-m";
    }

    private ConjunctionMessageOutcome Make(CloseApproach approach) => ConjunctionMessageMaker.Make(approach, report, ObjectOf(approach.Id1), ObjectOf(approach.Id2), task.Maker);

    private EncounterObject ObjectOf(long id) => _objects.GetOrAdd(id, one => objectOf(report.Objects[one]));
}
