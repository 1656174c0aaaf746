using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Element sets of one object as rows of numbers: what a change of orbit shows in.</summary>
/// <remarks>Days of TAI since the first set; km along the track; rad. Sets that SGP4 cannot start from are left out, of sets with one epoch the last stays.</remarks>
internal sealed class ElementHistory
{
    private const double SecondsPerDay = 86_400, MinutesPerDay = 1_440;

    private ElementHistory(List<ElementSet> sets, List<NearEarthTerms> terms)
    {
        int n = sets.Count;
        Start = n > 0 ? sets[0].Epoch : default;
        (Days, TrackKm, RateKmPerDay) = (new double[n], new double[n], new double[n]);
        (AxisKm, InclinationRad, NodeRad) = (new double[n], new double[n], new double[n]);
        double referenceRate = n > 0 ? Median([.. terms.Select(Rate)]) : 0, turned = 0;
        for (int k = 0; k < n; k++)
        {
            Days[k] = sets[k].Epoch.SecondsSince(Start) / SecondsPerDay;
            AxisKm[k] = terms[k].SemiMajorAxis * terms[k].Gravity.EarthRadiusKm;
            InclinationRad[k] = terms[k].Inclination;
            if (k > 0)
            {
                // The argument of latitude between two sets, less the same at the reference rate: whole turns are counted with the mean of both rates.
                double days = Days[k] - Days[k - 1], expected = 0.5 * (Rate(terms[k]) + Rate(terms[k - 1])) * days;
                double excess = Math.IEEERemainder(Latitude(terms[k]) - Latitude(terms[k - 1]) - expected, Math.Tau);
                turned += expected - referenceRate * days + excess;
                double node = 0.5 * (terms[k].NodeRate + terms[k - 1].NodeRate) * MinutesPerDay * days;
                NodeRad[k] = NodeRad[k - 1] + Math.IEEERemainder(terms[k].Node - terms[k - 1].Node - node, Math.Tau);
            }
            TrackKm[k] = turned * AxisKm[0];
            RateKmPerDay[k] = (Rate(terms[k]) - referenceRate) * AxisKm[0];
        }
        // What the rates of all sets lack of the slope of their places: hundredths of a km/day where SGP4 made the sets.
        double lacking = n > 1 ? Median([.. Enumerable.Range(1, n - 1).Select(k => (TrackKm[k] - TrackKm[k - 1]) / (Days[k] - Days[k - 1]) - 0.5 * (RateKmPerDay[k] + RateKmPerDay[k - 1]))]) : 0;
        for (int k = 0; k < n; k++) RateKmPerDay[k] += lacking;
    }

    public Epoch Start { get; }
    public int Count => Days.Length;
    public double[] Days { get; }

    /// <summary>How far the object is ahead of one that always moves at the median rate, km along the track.</summary>
    public double[] TrackKm { get; }

    /// <summary>What the set itself says of the slope of <see cref="TrackKm"/>, km/day.</summary>
    public double[] RateKmPerDay { get; }

    public double[] AxisKm { get; }
    public double[] InclinationRad { get; }

    /// <summary>Movement of the node since the first set beyond what the sets' own rates make of it.</summary>
    public double[] NodeRad { get; }

    public Epoch EpochAt(double days) => Start.PlusSeconds(days * SecondsPerDay);

    public static ElementHistory Create(IEnumerable<ElementSet> sets)
    {
        var (kept, terms) = (new List<ElementSet>(), new List<NearEarthTerms>());
        foreach (var set in sets.OrderBy(s => s.Epoch))
        {
            if (!new Sgp4Propagator(set).Propagate(0).IsValid) continue;
            if (kept.Count > 0 && kept[^1].Epoch == set.Epoch)
            {
                kept.RemoveAt(kept.Count - 1);
                terms.RemoveAt(terms.Count - 1);
            }
            kept.Add(set);
            terms.Add(new NearEarthTerms(set, Sgp4Gravity.Wgs72));
        }
        for (int k = kept.Count - 2; k > 0; k--)
        {
            if (!IsSpike(terms, k, t => t.Inclination, 2e-6) && !IsSpike(terms, k, t => t.SemiMajorAxis, 5e-7)) continue;
            kept.RemoveAt(k);
            terms.RemoveAt(k);
        }
        return new ElementHistory(kept, terms);
    }

    /// <summary>Far from both its neighbours, which agree: a bad set, not a change.</summary>
    private static bool IsSpike(List<NearEarthTerms> terms, int k, Func<NearEarthTerms, double> value, double noise)
    {
        double before = value(terms[k - 1]), after = value(terms[k + 1]);
        return Math.Abs(value(terms[k]) - 0.5 * (before + after)) > 10 * (Math.Abs(after - before) + noise);
    }

    /// <summary>The first row at or after an instant.</summary>
    public int IndexAt(double days)
    {
        int i = Array.BinarySearch(Days, days);
        return i < 0 ? ~i : i;
    }

    internal static double Median(double[] values)
    {
        if (values.Length == 0) return double.NaN;
        Array.Sort(values);
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    }

    private static double Rate(NearEarthTerms terms) => (terms.MeanAnomalyRate + terms.PericenterRate) * MinutesPerDay;

    private static double Latitude(NearEarthTerms terms) => terms.MeanAnomaly + terms.Pericenter;
}
