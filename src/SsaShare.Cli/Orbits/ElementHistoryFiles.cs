using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The element sets of one object out of files.</summary>
/// <param name="id">Which object; null where the files have one only.</param>
internal sealed class ElementHistoryFiles(string? id)
{
    private readonly string? _wanted = id;

    public List<ElementSet> Sets { get; } = [];

    /// <summary>The object; null before one was found.</summary>
    public string? Id { get; private set; } = id;

    /// <summary>Nothing was refused.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Reads one file, and tells on standard error what is wrong with it.</summary>
    /// <returns>False when there is no such file.</returns>
    /// <exception cref="FormatException">The files have several objects, and none was named, or not the one that was.</exception>
    public async Task<bool> AddAsync(FormatInput input, ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await using var opened = input.Open(parsed, file, Refuse, out bool isThere);
        if (opened is not null) await FileProgress.ShowAsync(opened.Name, opened.Bytes, say => Task.Run(() => Read(opened, say, Refuse, cancellationToken), cancellationToken));
        told.ForEach(Console.Error.WriteLine);
        if (opened is not null && Sets.Count == 0 && _wanted is not null) throw new FormatException($"{opened.Name} has no element sets of {_wanted}.");
        return isThere;

        void Refuse(ReadIssue issue)
        {
            IsComplete &= issue.Severity != IssueSeverity.Refused;
            told.Add(FormatText.Line(issue));
        }
    }

    private bool Read(FormatInputFile file, Action<FileStep> say, Action<ReadIssue> refuse, CancellationToken cancellationToken)
    {
        foreach (var found in OrbitInput.Read(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Issue is { } issue) refuse(issue);
            if (found.Start is not { Elements: { } set } start || (_wanted is not null && start.Id != _wanted)) continue;
            Id ??= start.Id;
            if (Id != start.Id) throw new FormatException($"{file.Name} has several objects, {Id} and {start.Id} among them; choose one with --id.");
            Sets.Add(set);
            say(new FileStep(file.Source.BytesRead, $"{Sets.Count:N0} element sets"));
        }
        return true;
    }
}
