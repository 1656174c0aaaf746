using System.CommandLine;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Objects out of files of orbits: of each the newest orbit, in the order in which the objects came.</summary>
/// <param name="input">The files.</param>
/// <param name="wanted">Which objects; empty for all.</param>
internal sealed class DecayInput(FormatInput input, IReadOnlyCollection<string> wanted)
{
    private readonly HashSet<string> _wanted = [.. wanted];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<OrbitStart> _objects = [];

    public IReadOnlyList<OrbitStart> Objects => _objects;

    /// <summary>Orbits of objects of which there is a newer one.</summary>
    public long Older { get; private set; }

    /// <summary>Nothing was refused.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Those that no file has.</summary>
    public IEnumerable<string> Missing => _wanted.Where(id => !_places.ContainsKey(id)).Order(StringComparer.Ordinal);

    /// <summary>Reads one file, and tells on standard error what is wrong with it.</summary>
    /// <returns>False when there is no such file.</returns>
    public async Task<bool> AddAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await using var opened = input.Open(parsed, file, Refuse, out bool isThere);
        if (opened is not null) await FileProgress.ShowAsync(opened.Name, opened.Bytes, say => Task.Run(() => Read(opened, say, Refuse, cancellationToken), cancellationToken));
        told.ForEach(Console.Error.WriteLine);
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
            if (found.Start is not { } start || (_wanted.Count > 0 && !_wanted.Contains(start.Id))) continue;
            Add(start);
            say(new FileStep(file.Source.BytesRead, $"{_objects.Count:N0} objects"));
        }
        return true;
    }

    private void Add(OrbitStart start)
    {
        if (_places.TryAdd(start.Id, _objects.Count))
        {
            _objects.Add(start);
            return;
        }
        Older++;
        int place = _places[start.Id];
        if (start.Epoch > _objects[place].Epoch) _objects[place] = start;
    }
}
