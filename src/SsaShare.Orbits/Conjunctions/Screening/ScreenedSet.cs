using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The objects made ready: in order of their numbers, element sets in one batch, each with the bounds of its motion and the radius of its volume.</summary>
internal sealed class ScreenedSet
{
    private readonly int[] _inBatch;
    private readonly IScreenedMotion?[] _motions;
    private readonly bool[] _hasOwnVolume;
    private readonly long?[]? _bodies;
    private readonly Sgp4Envelope[] _envelopes;

    /// <param name="changed">Only pairs with one of these; null for all.</param>
    public ScreenedSet(IReadOnlyDictionary<long, ScreenedObject> objects, ScreeningOptions options, IReadOnlySet<long>? changed)
    {
        Options = options;
        Windows = new ScreeningWindows(options.Start, options.End);
        Objects = [.. objects.Values.OrderBy(one => one.Id)];
        Batch = new Sgp4Batch(Objects.OfType<ScreenedElements>().Select(one => one.Elements), options.Sgp4);
        int count = Objects.Length, elements = 0;
        (_inBatch, _motions, Bounds, RadiusKm, Wanted) = (new int[count], new IScreenedMotion?[count], new ObjectBound[count], new double[count], new byte[count]);
        if (Objects.Any(one => one.Body is not null)) _bodies = [.. Objects.Select(one => one.Body)];
        _envelopes = new Sgp4Envelope[Batch.Count];
        _hasOwnVolume = [.. Objects.Select(one => one.Volume is not null)];
        for (int i = 0; i < count; i++)
        {
            var one = Objects[i];
            RadiusKm[i] = (one.Volume ?? options.Volume).RadiusKm;
            Wanted[i] = (byte)((options.Primaries is null || options.Primaries.Contains(one.Id) ? 1 : 0) | (changed is null || changed.Contains(one.Id) ? 2 : 0));
            if (one is ScreenedEphemeris { Motion: { } motion })
            {
                (_inBatch[i], _motions[i]) = (-1, motion);
                Bounds[i] = new ObjectBound(MotionBound.EarthRadiusKm, motion.AccelerationBeyondGravityKmPerS2, motion.VelocityStepKmPerS, motion.PositionJumpKm);
                continue;
            }
            var satellite = Batch.Satellites[_inBatch[i] = elements++];
            var (envelope, extra) = Sgp4Envelope.Bounded(satellite, options.Start, options.End);
            _envelopes[_inBatch[i]] = envelope;
            bool isBounded = !envelope.IsNever;
            if (!isBounded) (_hasNoBound ??= new bool[Batch.Count])[_inBatch[i]] = true;
            if (!isBounded || !envelope.Holds(Windows.Start) || !envelope.Holds(Windows.End)) Limited.Add(i);
            Bounds[i] = new ObjectBound(Math.Max(MotionBound.EarthRadiusKm, isBounded ? envelope.LowKm : 0), isBounded ? extra : MotionBound.LargestSgp4Extra, 0, satellite.IsDeepSpace ? MotionBound.DeepSpaceJumpKm : 0);
        }
    }

    private readonly bool[]? _hasNoBound;

    /// <summary>Element sets that describe no orbit at some instant of the span.</summary>
    public List<int> Limited { get; } = [];

    public ScreeningOptions Options { get; }
    public ScreeningWindows Windows { get; }
    public ScreenedObject[] Objects { get; }
    public Sgp4Batch Batch { get; }
    public ObjectBound[] Bounds { get; }

    /// <summary>Of each object's own volume, or of the common one, km.</summary>
    public double[] RadiusKm { get; }

    /// <summary>1: a primary. 2: changed. A pair is wanted when both bits stand in one of the two or the other, and the two are not orbits of one object.</summary>
    public byte[] Wanted { get; }

    public int Count => Objects.Length;

    /// <summary>Which element set of the batch; -1 for an ephemeris.</summary>
    public int InBatch(int index) => _inBatch[index];

    /// <summary>Of the primaries and the changed the fewer: every wanted pair holds one of them. Null where every object is both.</summary>
    public int[]? FewestSeekers()
    {
        int[] primaries = [.. Enumerable.Range(0, Count).Where(index => (Wanted[index] & 1) != 0)], changed = [.. Enumerable.Range(0, Count).Where(index => (Wanted[index] & 2) != 0)];
        int[] fewest = primaries.Length <= changed.Length ? primaries : changed;
        return fewest.Length == Count ? null : fewest;
    }

    public bool IsWanted(int a, int b) => (Wanted[a] | Wanted[b]) == 3 && (_bodies is null || _bodies[a] is null || _bodies[a] != _bodies[b]);

    /// <summary>It may pass in and out of where SGP4 has states: surely not where its shell stays above 20 km.</summary>
    public bool MayDip(int index) => _inBatch[index] >= 0 && !(_envelopes[_inBatch[index]] is { IsSurelyKnown: true, LowKm: > MotionBound.EarthRadiusKm + 20 });

    /// <summary>Between which distances from the centre an object stays, km: 0 and infinity where nothing is known.</summary>
    public (double LowKm, double HighKm) Shell(int index) => _inBatch[index] < 0 ? (0, double.PositiveInfinity) : (_envelopes[_inBatch[index]].LowKm, _envelopes[_inBatch[index]].HighKm);

    /// <summary>An element set that has a state at every instant of the span.</summary>
    public bool IsSurelyKnown(int index) => _inBatch[index] >= 0 && _envelopes[_inBatch[index]].IsSurelyKnown && !HasNoBound(index);

    /// <summary>Whether the elements describe an orbit at an instant; always so of ephemerides.</summary>
    public bool IsOrbit(int index, long at) => _inBatch[index] < 0 || (_envelopes[_inBatch[index]].Holds(at) && !HasNoBound(index));

    private bool HasNoBound(int index) => _hasNoBound is not null && _hasNoBound[_inBatch[index]];

    /// <summary>It may have no state at some instants between others at which it has: looked at from window to window, whatever is between two knots.</summary>
    public bool HasGaps(int index) => _motions[index] is { } motion ? motion.HasGaps : _envelopes[_inBatch[index]].MayFlicker;

    /// <summary>Of the volumes that count for a pair: the own ones, or the common one where there is none.</summary>
    public double PairRadiusKm(int a, int b)
    {
        bool ownA = _hasOwnVolume[a], ownB = _hasOwnVolume[b];
        return ownA == ownB ? Math.Max(RadiusKm[a], RadiusKm[b]) : RadiusKm[ownA ? a : b];
    }

    /// <summary>Position and velocity, TEME, by the model itself.</summary>
    /// <returns>False where the object has no state.</returns>
    public bool TryState(int index, long at, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        (positionKm, velocityKmPerS) = (default, default);
        if (_motions[index] is { } motion)
        {
            var epoch = new Epoch(at);
            if (epoch < motion.First || epoch > motion.Last) return false;
            motion.At(epoch, out positionKm, out velocityKmPerS);
            return positionKm.IsFinite;
        }
        if (!IsOrbit(index, at)) return false;
        var state = Batch.Satellites[_inBatch[index]].Propagate(new Epoch(at));
        (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
        return state.IsValid;
    }

    /// <summary>Why an object has no state, in words.</summary>
    public (ScreeningIssueKind Kind, string Detail) WhyNot(int index, long at)
    {
        if (_motions[index] is { } motion) return (ScreeningIssueKind.NoState, $"The ephemeris covers {motion.First} to {motion.Last}{(motion.HasGaps ? ", with gaps" : "")}.");
        var satellite = Batch.Satellites[_inBatch[index]];
        double days = Math.Abs(new Epoch(at).SecondsSince(satellite.Elements.Epoch)) / 86_400;
        string remedy = days > Options.StaleAfter.TotalDays ? $" The elements are {days:F0} days away: screen newer ones, or drop the object if it has decayed." : "";
        if (IsOrbit(index, at)) return (ScreeningIssueKind.NoState, satellite.Propagate(new Epoch(at)).Error.Describe() + remedy);
        var envelope = _envelopes[_inBatch[index]];
        string end = envelope.IsNever ? "" : at > envelope.To ? $", from {new Epoch(envelope.To)} on," : $", before {new Epoch(envelope.From)},";
        return (ScreeningIssueKind.BeyondModel, $"{days:F0} days from their epoch{end} the elements' drag terms (B* {satellite.Elements.BStarPerEarthRadii:G3} per Earth radius) describe no orbit any more. Screen newer elements, or drop the object if it has decayed.");
    }
}

/// <summary>What bounds the motion of one object.</summary>
/// <param name="LowKm">Least distance from the centre, at least the Earth's radius, km.</param>
/// <param name="Extra">Acceleration beyond a spherical Earth's pull, km/s².</param>
/// <param name="Step">Of the velocity, km/s.</param>
/// <param name="Jump">Of the position, km.</param>
internal readonly record struct ObjectBound(double LowKm, double Extra, double Step, double Jump)
{
    public double ChordKm(double h) => MotionBound.ChordKm(LowKm, Extra, Step, Jump, h);

    public double CurveKm(double r, double chordSpeed, double h) => MotionBound.CurveKm(r, chordSpeed, Extra, Step, Jump, h);
}
