using System.Buffers;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Follows objects as they come and writes their tracks in order: as many objects at once, or as many times of one, as memory is meant for.</summary>
/// <param name="model">How orbits are followed.</param>
/// <param name="times">When.</param>
/// <param name="writer">Gets the tracks.</param>
internal sealed class PropagationRun(IOrbitModel model, PropagationTimes times, IStateWriter writer)
{
    /// <summary>States at hand at once: about 150 bytes each, as numbers and as text.</summary>
    private const int StatesAtOnce = 1 << 16;

    private readonly int _objectsAtOnce = Math.Clamp(StatesAtOnce / times.Count, 1, 4_096);
    private readonly List<OrbitStart> _waiting = [];
    private readonly List<ArrayBufferWriter<byte>> _texts = [];
    private readonly HashSet<string> _noticed = [];

    /// <summary>Gets a line for each thing that went wrong.</summary>
    public Action<string> Tell { get; set; } = _ => { };

    public long Objects { get; private set; }

    public long States { get; private set; }

    /// <summary>Objects that have not all states that were asked for.</summary>
    public long Failed { get; private set; }

    /// <summary>Something could not be written in the format.</summary>
    public bool IsCurtailed { get; private set; }

    /// <summary>First and last instant at which there is a state; null before there is any.</summary>
    public (Epoch First, Epoch Last)? Span { get; private set; }

    public void Add(OrbitStart start)
    {
        Objects++;
        if (model.Objection(start) is { } objection)
        {
            Failed++;
            Tell($"{start.Id}: {objection}");
            return;
        }
        _waiting.Add(start);
        if (_waiting.Count >= _objectsAtOnce) Flush();
    }

    /// <summary>Ends the file.</summary>
    public void Complete()
    {
        Flush();
        writer.Complete();
    }

    /// <summary>Follows those that wait.</summary>
    public void Flush()
    {
        if (_waiting.Count == 0) return;
        ObjectTrack[] tracks = [.. _waiting.Select(start => new ObjectTrack(start))];
        _waiting.Clear();
        while (_texts.Count < tracks.Length) _texts.Add(new ArrayBufferWriter<byte>());
        int step = Math.Max(1, StatesAtOnce / tracks.Length);
        for (int first = 0; first < times.Count; first += step)
        {
            int count = Math.Min(step, times.Count - first);
            foreach (var track in tracks) track.Begin(times, first, count);
            model.Propagate(tracks, times, first, count);
            Parallel.For(0, tracks.Length, index =>
            {
                _texts[index].ResetWrittenCount();
                writer.Set(tracks[index], _texts[index]);
            });
            for (int i = 0; i < tracks.Length; i++)
            {
                foreach (var issue in writer.Write(tracks[i], _texts[i].WrittenSpan)) Note(tracks[i], issue);
                Count(tracks[i]);
            }
        }
        foreach (var track in tracks)
        {
            if (track.FirstFailure is not var (epoch, reason)) continue;
            Failed++;
            Tell($"{track.Start.Id}: no state at {epoch}{(track.Failures > 1 ? $" and at {track.Failures - 1:N0} other times" : "")}: {reason}");
        }
    }

    private void Count(ObjectTrack track)
    {
        for (int i = 0; i < track.Count; i++)
        {
            if (!track.Has(i)) continue;
            States++;
            var (first, last) = Span ?? (track.Epochs[i], track.Epochs[i]);
            Span = (track.Epochs[i] < first ? track.Epochs[i] : first, track.Epochs[i] > last ? track.Epochs[i] : last);
        }
    }

    /// <summary>What is lost of every object alike is told of the first.</summary>
    private void Note(ObjectTrack track, ReadIssue issue)
    {
        IsCurtailed |= issue.Severity == IssueSeverity.Refused;
        if (_noticed.Add($"{issue.Severity} {issue.Field} {issue.Reason}")) Tell($"{track.Start.Id}: {issue.Field}: {(issue.Value.Length > 0 ? $"{issue.Value}: " : "")}{issue.Reason}; {issue.Remedy}");
    }
}
