using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Where all tracks will be over a span of time, ready to be asked which of them a tracklet may belong to. Owned by one thread while it is filled or changed; any number may ask meanwhile when nothing changes, each with
/// a <see cref="CandidateSearch"/> of its own.
/// </summary>
/// <remarks>
/// For every track and knot: the state in double precision (48 bytes), the square root of its covariance in single (84), and what a first look needs, packed track by track for each knot (36). With knots 300 s apart
/// an hour takes 2.2 kB for a track, 66 MB for 30,000.
/// </remarks>
public sealed class PredictionWindow
{
    /// <summary>Entries of a factor.</summary>
    internal const int FactorEntries = 21;

    private readonly Epoch[] _knots;
    private readonly FilterCheckpoint[] _carried;
    private readonly Rows[] _rows;
    private double[] _states;
    private float[] _factors;
    private ObjectTrack?[] _tracks;
    private FilterCheckpoint?[] _ends;

    /// <param name="dynamics">Of the tracks.</param>
    /// <param name="first">First instant.</param>
    /// <param name="seconds">Length, above 0.</param>
    /// <param name="knotSeconds">Between knots, 10 to 600. With 300 a place in low orbit is interpolated within 1 m.</param>
    /// <param name="capacity">Tracks that there is room for at first; it grows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    public PredictionWindow(TrackDynamics dynamics, Epoch first, double seconds, double knotSeconds = 300, int capacity = 16)
    {
        if (!(seconds is > 0 and <= 172_800)) throw new ArgumentOutOfRangeException(nameof(seconds));
        if (!(knotSeconds is >= 10 and <= 600)) throw new ArgumentOutOfRangeException(nameof(knotSeconds));
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Dynamics = dynamics;
        _knots = new Epoch[(int)Math.Ceiling(seconds / knotSeconds) + 1];
        for (int i = 0; i < _knots.Length; i++) _knots[i] = first.PlusSeconds(i * knotSeconds);
        KnotSeconds = knotSeconds;
        _carried = new FilterCheckpoint[_knots.Length];
        _rows = [.. _knots.Select(_ => new Rows(capacity))];
        (_states, _factors, _tracks, _ends) = (new double[capacity * StateStride], new float[capacity * FactorStride], new ObjectTrack?[capacity], new FilterCheckpoint?[capacity]);
    }

    /// <summary>Tracks in the window, those that cannot be followed included.</summary>
    public int Count { get; private set; }

    /// <summary>First instant covered.</summary>
    public Epoch First => _knots[0];

    /// <summary>Last instant covered.</summary>
    public Epoch Last => _knots[^1];

    /// <summary>Seconds between knots.</summary>
    public double KnotSeconds { get; }

    internal TrackDynamics Dynamics { get; }

    private int StateStride => 6 * _knots.Length;

    private int FactorStride => FactorEntries * _knots.Length;

    /// <summary>A track of the window; null where it was taken out.</summary>
    public ObjectTrack? Track(int track) => _tracks[track];

    /// <summary>The track's prediction for <see cref="Last"/>: the next window begins there, by <see cref="ObjectTrack.CarriedTo"/>. Null where it does not come so far.</summary>
    public FilterCheckpoint? End(int track) => _ends[track];

    /// <summary>Adds a track.</summary>
    /// <returns>Its number.</returns>
    public int Add(ObjectTrack track)
    {
        if (Count == _tracks.Length) Grow();
        int number = Count++;
        for (int k = 0; k < _knots.Length; k++) _rows[k].Clear(number);
        Replace(number, track);
        return number;
    }

    /// <summary>Takes a track out; its number is not used again.</summary>
    public void Remove(int track)
    {
        (_tracks[track], _ends[track]) = (null, null);
        for (int k = 0; k < _knots.Length; k++) _rows[k].Clear(track);
    }

    /// <summary>Puts an updated track in the place of what was known of the object: from the knot before its epoch on; earlier what was predicted stays.</summary>
    /// <returns>False where it cannot be followed to the window's end: it is no candidate where it cannot be followed to.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover the window.</exception>
    public bool Replace(int number, ObjectTrack track)
    {
        bool isNew = _rows[0].IsEmpty(number) && _ends[number] is null;
        (_tracks[number], _ends[number]) = (track, null);
        int begin = 0, since = 0;
        while (since < _knots.Length && _knots[since] < track.Epoch) since++;
        while (begin < since && _knots[begin] < track.Earliest) begin++;
        for (int k = isNew ? 0 : Math.Max(0, since - 1); k < _knots.Length; k++) _rows[k].Clear(number);
        // Of a new one the time before its epoch is known as far as its steps reach.
        if (isNew && begin < since && !TryWrite(number, track, begin, since)) return false;
        if (since > 0)
        {
            if (!track.TryRewind(_knots[since - 1], out var before)) return false;
            Write(number, since - 1, before);
        }
        if (since == _knots.Length) return true;
        if (!TryWrite(number, track, since, _knots.Length)) return false;
        _ends[number] = _carried[^1];
        return true;
    }

    /// <summary>The predicted place and its one-sigma uncertainty at an instant.</summary>
    /// <param name="track">Its number.</param>
    /// <param name="epoch">From <see cref="First"/> to <see cref="Last"/>.</param>
    /// <param name="state">GCRF.</param>
    /// <param name="sigmaKm">Radial, transverse and normal, of the nearest knot.</param>
    /// <returns>False where nothing is known of the track then.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window does not cover the instant.</exception>
    public bool TryPlace(int track, Epoch epoch, out CartesianState state, out Vector3d sigmaKm)
    {
        if (epoch < First || epoch > Last) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The window covers {First} to {Last}.");
        Span<double> y = stackalloc double[6];
        int nearest = NearestKnot(epoch);
        bool known = TryInterpolate(track, epoch, y) && !_rows[nearest].IsEmpty(track);
        state = new CartesianState(epoch, Frame.Gcrf, new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]));
        sigmaKm = known ? _rows[nearest].Sigma(track) : default;
        return known;
    }

    internal bool Covers(ObservedTracklet tracklet) => tracklet.Start >= First && tracklet.End <= Last;

    internal int NearestKnot(Epoch epoch) => Math.Clamp((int)Math.Round(epoch.SecondsSince(First) / KnotSeconds), 0, _knots.Length - 1);

    internal Epoch Knot(int knot) => _knots[knot];

    internal Rows RowsAt(int knot) => _rows[knot];

    internal ReadOnlySpan<double> State(int track, int knot) => _states.AsSpan(track * StateStride + 6 * knot, 6);

    internal ReadOnlySpan<float> Factor(int track, int knot) => _factors.AsSpan(track * FactorStride + FactorEntries * knot, FactorEntries);

    internal bool TryInterpolate(int track, Epoch epoch, Span<double> state)
    {
        int knot = Math.Min((int)(epoch.SecondsSince(First) / KnotSeconds), _knots.Length - 2);
        if (_rows[knot].IsEmpty(track) || _rows[knot + 1].IsEmpty(track)) return false;
        KnotInterpolation.Fill(State(track, knot), State(track, knot + 1), KnotSeconds, epoch.SecondsSince(_knots[knot]) / KnotSeconds, state);
        return true;
    }

    private bool TryWrite(int number, ObjectTrack track, int begin, int end)
    {
        if (!track.TryPredict(_knots.AsSpan(begin..end), _carried.AsSpan(begin..end))) return false;
        for (int k = begin; k < end; k++) Write(number, k, _carried[k]);
        return true;
    }

    private void Write(int track, int knot, FilterCheckpoint known)
    {
        Span<double> factor = stackalloc double[FactorEntries];
        known.FillFactor(factor);
        var target = _factors.AsSpan(track * FactorStride + FactorEntries * knot, FactorEntries);
        for (int i = 0; i < FactorEntries; i++) target[i] = (float)factor[i];
        var state = known.State;
        var y = _states.AsSpan(track * StateStride + 6 * knot, 6);
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        (y[0], y[1], y[2], y[3], y[4], y[5]) = (r.X, r.Y, r.Z, v.X, v.Y, v.Z);
        var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromInertial;
        _rows[knot].Set(track, r, v, new Vector3d(sigma(axes.Row0, factor), sigma(axes.Row1, factor), sigma(axes.Row2, factor)));

        static double sigma(Vector3d axis, ReadOnlySpan<double> l)
        {
            double a = axis.X * l[0] + axis.Y * l[1] + axis.Z * l[3], b = axis.Y * l[2] + axis.Z * l[4], c = axis.Z * l[5];
            return Math.Sqrt(a * a + b * b + c * c);
        }
    }

    private void Grow()
    {
        int capacity = 2 * _tracks.Length;
        Array.Resize(ref _states, capacity * StateStride);
        Array.Resize(ref _factors, capacity * FactorStride);
        Array.Resize(ref _tracks, capacity);
        Array.Resize(ref _ends, capacity);
        foreach (var row in _rows) row.Grow(capacity);
    }

    /// <summary>What a first look reads of one knot: nine figures of every track, figure by figure. A track of which nothing is known is not a number.</summary>
    internal sealed class Rows(int capacity)
    {
        public const int Figures = 9, X = 0, Vx = 3, Radial = 6, Transverse = 7, Normal = 8;

        private readonly float[][] _figures = [.. Enumerable.Range(0, Figures).Select(_ => new float[capacity])];

        public ReadOnlySpan<float> this[int figure] => _figures[figure];

        public bool IsEmpty(int track) => float.IsNaN(_figures[X][track]);

        public Vector3d Sigma(int track) => new(_figures[Radial][track], _figures[Transverse][track], _figures[Normal][track]);

        public void Clear(int track) => _figures[X][track] = float.NaN;

        public void Set(int track, Vector3d r, Vector3d v, Vector3d sigma)
        {
            double[] all = [r.X, r.Y, r.Z, v.X, v.Y, v.Z, sigma.X, sigma.Y, sigma.Z];
            for (int i = 0; i < Figures; i++) _figures[i][track] = (float)all[i];
        }

        public void Grow(int capacity)
        {
            for (int i = 0; i < Figures; i++) Array.Resize(ref _figures[i], capacity);
        }
    }
}
