using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Takes the states at chosen instants, those after the start on one march and those before it on another.</summary>
internal abstract class Sampler : IMarchObserver
{
    private readonly IReadOnlyList<Epoch> _epochs;
    // Places of the instants in ascending order; null where they ascend as they are.
    private readonly int[]? _order;
    private Epoch _start;
    private int _next, _step, _left;

    protected Sampler(IReadOnlyList<Epoch> epochs)
    {
        _epochs = epochs;
        for (int i = 1; i < epochs.Count && _order is null; i++)
            if (epochs[i] < epochs[i - 1]) _order = [.. Enumerable.Range(0, epochs.Count).OrderBy(place => epochs[place])];
    }

    /// <summary>Prepares for a march.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="isForward">Whether it meets the instants at the start and after it, or those before.</param>
    /// <param name="end">The last of them, seconds from the start.</param>
    /// <returns>False when there are none.</returns>
    public bool TryBegin(Epoch start, bool isForward, out double end)
    {
        int split = 0;
        while (split < _epochs.Count && _epochs[Place(split)] < start) split++;
        _start = start;
        (_next, _step, _left) = isForward ? (split, 1, _epochs.Count - split) : (split - 1, -1, split);
        end = _left == 0 ? 0 : _epochs[Place(isForward ? _epochs.Count - 1 : 0)].SecondsSince(start);
        return _left > 0;
    }

    public void Inside(OrbitMarch march)
    {
        while (TryNext(out double time) && Math.Abs(time) < Math.Abs(march.Time)) Take(march, time, isInside: true);
    }

    public void Arrived(OrbitMarch march)
    {
        while (TryNext(out double time) && time == march.Time) Take(march, time, isInside: false);
    }

    /// <param name="march">Where it stands.</param>
    /// <param name="index">Of the instant in the list.</param>
    /// <param name="epoch">The instant.</param>
    /// <param name="time">The same, seconds from the start.</param>
    /// <param name="isInside">Whether it lies inside the latest step, or is where the march stands.</param>
    protected abstract void Take(OrbitMarch march, int index, Epoch epoch, double time, bool isInside);

    private void Take(OrbitMarch march, double time, bool isInside)
    {
        int place = Place(_next);
        Take(march, place, _epochs[place], time, isInside);
        (_next, _left) = (_next + _step, _left - 1);
    }

    private bool TryNext(out double time)
    {
        time = _left > 0 ? _epochs[Place(_next)].SecondsSince(_start) : 0;
        return _left > 0;
    }

    private int Place(int rank) => _order is null ? rank : _order[rank];
}

/// <summary>Takes them as objects.</summary>
internal sealed class StateSampler(IReadOnlyList<Epoch> epochs, PropagatedState?[] states) : Sampler(epochs)
{
    protected override void Take(OrbitMarch march, int index, Epoch epoch, double time, bool isInside)
        => states[index] = isInside ? march.Inside(epoch, time) : march.Current(epoch);
}

/// <summary>Takes them as numbers: six for each state, and 48 for its partials where these are wanted.</summary>
internal sealed class ArraySampler(IReadOnlyList<Epoch> epochs, Memory<double> states, Memory<double> partials) : Sampler(epochs)
{
    private const int PartialEntries = 6 * PropagatedState.ParameterCount;

    protected override void Take(OrbitMarch march, int index, Epoch epoch, double time, bool isInside)
    {
        var state = states.Span.Slice(6 * index, 6);
        var partial = partials.IsEmpty ? [] : partials.Span.Slice(PartialEntries * index, PartialEntries);
        if (isInside) march.WriteInside(time, state, partial);
        else march.WriteCurrent(state, partial);
    }
}
