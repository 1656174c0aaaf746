using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// SGP4 for many satellites at many times, several satellites in one instruction. Gives what <see cref="Sgp4Propagator"/> gives, to the rounding of
/// angles: within 1e-9 km, and a few units in the last place of the mean anomaly where it has grown large.
/// </summary>
/// <remarks>
/// TEME of date, km and km/s. Satellites are kept in blocks of eight of one kind (near Earth; deep space without resonance, with one and with half a
/// day's). A satellite's numbers do not depend on its neighbours, and <see cref="Sgp4Vectors.Four"/> and <see cref="Sgp4Vectors.Eight"/> agree bit for bit.
/// Propagating allocates nothing. Safe for concurrent use with states of one's own. Resonant orbits are fastest in the order of time away from their epochs.
/// </remarks>
public sealed partial class Sgp4Batch
{
    /// <summary>Times whose minutes are kept at once: 4 kB.</summary>
    private const int TimesAtOnce = 64;

    private readonly Sgp4Propagator[] _satellites;
    private readonly int[] _slots, _satelliteOfSlot;
    private readonly Block[] _blocks;
    private readonly long[] _epochs;
    private readonly AlignedRows _rows;
    private readonly LaneSetting _setting;

    /// <param name="elements">Any numbers; senseless ones give an error at every time, as with <see cref="Sgp4Propagator"/>.</param>
    /// <param name="options">WGS-72 and the improved mode where null.</param>
    public Sgp4Batch(IEnumerable<ElementSet> elements, Sgp4Options? options = null, Sgp4Vectors vectors = Sgp4Vectors.Widest)
    {
        Options = options ?? Sgp4Options.Default;
        Vectors = vectors != Sgp4Vectors.Widest ? vectors
            : Vector512.IsHardwareAccelerated ? Sgp4Vectors.Eight : Vector256.IsHardwareAccelerated ? Sgp4Vectors.Four : Sgp4Vectors.Scalar;
        _setting = new LaneSetting(Options.Earth, Options.Mode);
        _satellites = [.. elements.Select(set => new Sgp4Propagator(set, Options))];
        _slots = new int[_satellites.Length];
        (_blocks, _satelliteOfSlot, int rows) = Arrange();
        _rows = new AlignedRows(rows);
        _epochs = new long[_blocks.Length * Row.Lanes];
        for (int slot = 0; slot < _epochs.Length; slot++)
        {
            var satellite = _satellites[_satelliteOfSlot[slot]];
            var block = _blocks[slot / Row.Lanes];
            Row.Fill(_rows.Span.Slice(block.Start, block.Rows * Row.Lanes), slot % Row.Lanes, satellite);
            _epochs[slot] = satellite.Elements.Epoch.NanosecondsSinceJ2000;
        }
    }

    public Sgp4Options Options { get; }

    /// <summary>Never <see cref="Sgp4Vectors.Widest"/>: what was found.</summary>
    public Sgp4Vectors Vectors { get; }

    /// <summary>Satellites.</summary>
    public int Count => _satellites.Length;

    /// <summary>Blocks of up to eight satellites: the pieces in which work can be shared out.</summary>
    public int Blocks => _blocks.Length;

    /// <summary>The satellites one by one, in the order given.</summary>
    public IReadOnlyList<Sgp4Propagator> Satellites => _satellites;

    /// <summary>Room for this batch at so many times: 49 bytes for each satellite and time.</summary>
    /// <exception cref="OverflowException">They are more than an array can hold: at once 44 million satellites times instants.</exception>
    public Sgp4States CreateStates(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        return new Sgp4States(this, times);
    }

    /// <summary>Every satellite at every instant.</summary>
    /// <exception cref="ArgumentException">The states are another batch's or have no room for the times.</exception>
    public void Propagate(ReadOnlySpan<Epoch> times, Sgp4States states) => Propagate(times, states, 0, Blocks);

    /// <summary>The satellites of some blocks, so that threads can share the work; threads may fill the same states.</summary>
    /// <exception cref="ArgumentException">The states are another batch's or have no room for the times.</exception>
    public void Propagate(ReadOnlySpan<Epoch> times, Sgp4States states, int firstBlock, int blocks)
    {
        Check(times.Length, states);
        for (int block = firstBlock; block < firstBlock + blocks; block++) Run(block, times, [], states);
    }

    /// <summary>Every satellite at every instant, by up to so many threads.</summary>
    /// <exception cref="ArgumentException">The states are another batch's or have no room for the times.</exception>
    public void Propagate(ReadOnlyMemory<Epoch> times, Sgp4States states, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Check(times.Length, states);
        Parallel.For(0, Blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block => Run(block, times.Span, [], states));
    }

    /// <summary>Every satellite at the same minutes of TAI since its own epoch.</summary>
    /// <exception cref="ArgumentException">The states are another batch's or have no room for the times.</exception>
    public void PropagateMinutes(ReadOnlySpan<double> minutesSinceEpoch, Sgp4States states)
    {
        Check(minutesSinceEpoch.Length, states);
        for (int block = 0; block < Blocks; block++) Run(block, [], minutesSinceEpoch, states);
    }

    internal int Slot(int satellite) => _slots[satellite];

    private void Check(int times, Sgp4States states)
    {
        if (states.Batch != this) throw new ArgumentException("The states were made by another batch.", nameof(states));
        if (times > states.Times) throw new ArgumentException($"Room for {states.Times} times, got {times}.", nameof(states));
    }

    /// <summary>Kernels know a time out of reach as one that is not a number.</summary>
    private static double WithinReach(double minutes) => Math.Abs(minutes) <= Sgp4Reach.LongestMinutes ? minutes : double.NaN;

    /// <summary>Either <paramref name="epochs"/> or <paramref name="minutesSinceEpoch"/> is empty.</summary>
    private void Run(int index, ReadOnlySpan<Epoch> epochs, ReadOnlySpan<double> minutesSinceEpoch, Sgp4States states)
    {
        int times = Math.Max(epochs.Length, minutesSinceEpoch.Length), firstTile = index * states.Times;
        if (times == 0) return;
        ref double tiles = ref states.Tiles.From(firstTile * Row.StateCount * Row.Lanes, times * Row.StateCount * Row.Lanes);
        var errors = states.Errors.AsSpan(firstTile * Row.Lanes, times * Row.Lanes);
        errors.Clear();
        var scratch = MemoryMarshal.Cast<Vector512<double>, double>(stackalloc Vector512<double>[TimesAtOnce + Row.ResonanceCount]);
        var work = new Work(ref _rows.From(_blocks[index].Start, _blocks[index].Rows * Row.Lanes), ref scratch[0], ref scratch[TimesAtOnce * Row.Lanes], ref tiles, ref errors[0]);
        var origins = _epochs.AsSpan(index * Row.Lanes, Row.Lanes);
        if (Vectors != Sgp4Vectors.Scalar) Start(_blocks[index].Kind, work);
        for (int first = 0; first < times; first += TimesAtOnce)
        {
            int count = Math.Min(TimesAtOnce, times - first);
            for (int i = 0; i < count; i++)
            {
                var row = scratch.Slice(i * Row.Lanes, Row.Lanes);
                if (epochs.IsEmpty) row.Fill(WithinReach(minutesSinceEpoch[first + i]));
                else
                {
                    long instant = epochs[first + i].NanosecondsSinceJ2000;
                    for (int lane = 0; lane < Row.Lanes; lane++) row[lane] = WithinReach(Sgp4Epoch.MinutesSince(instant, origins[lane]));
                }
            }
            if (Vectors == Sgp4Vectors.Scalar) RunScalar(index, count, work.At(first));
            else RunLanes(_blocks[index].Kind, count, work.At(first));
        }
    }
}
