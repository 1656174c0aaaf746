using System.Buffers;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Gathers the places under objects, by name in the order in which they came.</summary>
internal sealed class GroundTracks(EarthRotation rotation) : IStateWriter
{
    private readonly List<(string Name, IReadOnlyList<Geodetic> Places)> _tracks = [];
    private readonly Dictionary<string, List<Geodetic>> _byName = [];
    private Epoch? _first, _last;

    public int Count => _tracks.Count;

    public IReadOnlyList<(string Name, IReadOnlyList<Geodetic> Places)> All => _tracks;

    /// <summary>First and last instant, to the minute.</summary>
    public string Span => _first is { } first && _last is { } last ? $"{Utc.Format(first)[..16].Replace('T', ' ')} to {Utc.Format(last)[..16].Replace('T', ' ')} UTC" : "";

    /// <param name="state">In any frame.</param>
    public void Add(string name, CartesianState state)
    {
        if (!_byName.TryGetValue(name, out var places))
        {
            _byName.Add(name, places = []);
            _tracks.Add((name, places));
        }
        places.Add(Wgs84.ToGeodetic(rotation.To(state, Frame.Itrf).PositionKm));
        if (!(_first <= state.Epoch)) _first = state.Epoch;
        if (!(_last >= state.Epoch)) _last = state.Epoch;
    }

    public void Set(ObjectTrack track, ArrayBufferWriter<byte> text)
    {
        // Places are gathered, not written.
    }

    public IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < track.Count; i++)
            if (track.Has(i)) Add(track.Start.Name is { } name ? $"{name} ({track.Start.Id})" : track.Start.Id, new CartesianState(track.Epochs[i], track.Frame, track.PositionKm[i], track.VelocityKmPerS[i]));
        return [];
    }

    public void Complete()
    {
        // Nothing is held back.
    }
}
