using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The objects made ready: in order of their numbers, element sets in one batch, each with the bounds of its motion and the radius of its volume.</summary>
internal sealed class ScreenedSet
{
    private readonly int[] _inBatch;
    private readonly IScreenedMotion?[] _motions;
    private readonly bool[] _hasOwnVolume;
    private readonly long?[]? _bodies;

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
        _hasOwnVolume = [.. Objects.Select(one => one.Volume is not null)];
        for (int i = 0; i < count; i++)
        {
            var one = Objects[i];
            RadiusKm[i] = (one.Volume ?? options.Volume).RadiusKm;
            Wanted[i] = (byte)((options.Primaries is null || options.Primaries.Contains(one.Id) ? 1 : 0) | (changed is null || changed.Contains(one.Id) ? 2 : 0));
            if (one is ScreenedEphemeris { Motion: { } motion })
            {
                (_inBatch[i], _motions[i]) = (-1, motion);
                Bounds[i] = new ObjectBound(motion.AccelerationBeyondGravityKmPerS2, motion.VelocityStepKmPerS, motion.PositionJumpKm);
                continue;
            }
            var satellite = Batch.Satellites[_inBatch[i] = elements++];
            double minutes = Math.Max(Math.Abs(options.Start.SecondsSince(satellite.Elements.Epoch)), Math.Abs(options.End.SecondsSince(satellite.Elements.Epoch))) / 60;
            double extra = MotionBound.Sgp4Extra(satellite, minutes);
            // Senseless but finite elements give no bound; they have no state either, or none that stands still.
            Bounds[i] = new ObjectBound(extra < 1 ? extra : 1, 0, satellite.IsDeepSpace ? MotionBound.DeepSpaceJumpKm : 0);
        }
    }

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

    public bool IsWanted(int a, int b) => (Wanted[a] | Wanted[b]) == 3 && (_bodies is null || _bodies[a] is null || _bodies[a] != _bodies[b]);

    /// <summary>Its perigee is so low that it may pass in and out of where SGP4 has states: below 300 km, or in deep space, where Sun and Moon move it, below 2,000 km.</summary>
    public bool MayDip(int index)
    {
        if (_inBatch[index] < 0) return false;
        var terms = Batch.Satellites[_inBatch[index]].Terms;
        return terms.SemiMajorAxis * (1 - terms.Eccentricity) * terms.Gravity.EarthRadiusKm - terms.Gravity.EarthRadiusKm < (terms.IsDeepSpace ? 2_000 : 300);
    }

    /// <summary>It has no state at some instants between others at which it has.</summary>
    public bool HasGaps(int index) => _motions[index] is { HasGaps: true };

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
        var state = Batch.Satellites[_inBatch[index]].Propagate(new Epoch(at));
        (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
        return state.IsValid;
    }

    /// <summary>Why an object has no state, in words.</summary>
    public string WhyNot(int index, long at)
        => _motions[index] is { } motion ? $"The ephemeris covers {motion.First} to {motion.Last}{(motion.HasGaps ? ", with gaps" : "")}." : Batch.Satellites[_inBatch[index]].Propagate(new Epoch(at)).Error.Describe();
}

/// <summary>What bounds the motion of one object.</summary>
/// <param name="Extra">Acceleration beyond a spherical Earth's pull, km/s².</param>
/// <param name="Step">Of the velocity, km/s.</param>
/// <param name="Jump">Of the position, km.</param>
internal readonly record struct ObjectBound(double Extra, double Step, double Jump)
{
    public double ChordKm(double h) => MotionBound.ChordKm(Extra, Step, Jump, h);

    public double CurveKm(double r, double chordSpeed, double h) => MotionBound.CurveKm(r, chordSpeed, Extra, Step, Jump, h);
}
