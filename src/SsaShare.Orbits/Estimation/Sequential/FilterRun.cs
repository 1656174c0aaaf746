using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sequential filter made of a list of observations.</summary>
public sealed class FilterRun
{
    internal FilterRun(FilterEstimate final, IReadOnlyList<FilteredObservation> observations, IReadOnlyList<FilterStep> steps, IReadOnlyList<FilterParameter> parameters, Epoch? lostSince)
        => (Final, Observations, Steps, ParameterSlots, LostSince) = (final, observations, steps, parameters, lostSince);

    /// <summary>After the last observation.</summary>
    public FilterEstimate Final { get; }

    /// <summary>In the order in which they were processed.</summary>
    public IReadOnlyList<FilteredObservation> Observations { get; }

    /// <summary>First of the observations that were refused until the end, when they are as many as <see cref="SequentialFilterOptions.LostAfter"/>; null where the orbit is not lost.</summary>
    public Epoch? LostSince { get; }

    /// <summary>Instants at which estimates stand; none where steps were not kept. The first is the start.</summary>
    public int Count => Steps.Count;

    internal IReadOnlyList<FilterStep> Steps { get; }
    internal IReadOnlyList<FilterParameter> ParameterSlots { get; }

    /// <summary>The estimate at one of the instants, from all observations up to it.</summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public FilterEstimate Estimate(int step) => StateAt(step).ToEstimate();

    /// <summary>Instant of a step.</summary>
    public Epoch EpochOf(int step) => Steps[step].Epoch;

    internal FilterState StateAt(int step)
    {
        var kept = Steps[step];
        return FilterState.Of(kept.Epoch, kept.Updated, kept.Factor, ParameterSlots);
    }
}
