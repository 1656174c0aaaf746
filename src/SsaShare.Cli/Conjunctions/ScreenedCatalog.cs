using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The element sets of files as objects to screen.</summary>
internal sealed class ScreenedCatalog
{
    public List<ScreenedObject> Objects { get; } = [];

    /// <summary>Nothing was refused.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Reads one file, and tells on standard error what is wrong with it.</summary>
    /// <returns>False when there is no such file.</returns>
    public async Task<bool> AddAsync(FormatInput input, ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await using var opened = input.Open(parsed, file, Tell, out bool isThere);
        if (opened is not null) await FileProgress.ShowAsync(opened.Name, opened.Bytes, say => Task.Run(() => Read(opened, say), cancellationToken));
        told.ForEach(Console.Error.WriteLine);
        return isThere;

        void Tell(ReadIssue issue)
        {
            IsComplete &= issue.Severity != IssueSeverity.Refused;
            told.Add(FormatText.Line(issue));
        }

        bool Read(FormatInputFile from, Action<FileStep> say)
        {
            foreach (var found in OrbitInput.Read(from))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (found.Issue is { } issue) Tell(issue);
                if (found.Start is not { } start) continue;
                if (Objection(start) is { } objection)
                {
                    IsComplete = false;
                    told.Add($"{from.Name}: {start.Id}: not screened: {objection}");
                    continue;
                }
                Objects.Add(new ScreenedElements(Number(start.Id)!.Value, start.Elements!));
                say(new FileStep(from.Source.BytesRead, $"{Objects.Count:N0} element sets"));
            }
            return true;
        }
    }

    private static string? Objection(OrbitStart start)
        => start.Elements is null ? "a state, no mean elements; give an element set of the object"
            : Number(start.Id) is null ? "no catalogue number, by which approaches name their objects; give it one"
            : null;

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
