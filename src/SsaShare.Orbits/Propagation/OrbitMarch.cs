using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a march tells as it goes.</summary>
internal interface IMarchObserver
{
    /// <summary>A step is done: every instant inside it can be asked for, its end not yet.</summary>
    void Inside(OrbitMarch march);

    /// <summary>The march stands at <see cref="OrbitMarch.Time"/>; impulses there are done where it goes forward, not yet undone where it goes back.</summary>
    void Arrived(OrbitMarch march);
}

/// <summary>One integration in one direction of time: steps end at the edges of manoeuvres and shadows, partials and process noise are gathered step by step.</summary>
/// <remarks>
/// The partials of each step begin at the identity and are multiplied up, so that what is integrated stays of size one however long the arc. After its making a march allocates nothing.
/// </remarks>
internal sealed partial class OrbitMarch
{
    private const double LowestHeightKm = 70, HighestRadiusKm = 1_500_000, MoonsNeighbourhoodKm = 250_000;
    // No gap of a table hides inside a step; and noise that forgets is followed as it does.
    private const double LongestStepS = 43_200, TimeConstantsPerStep = 2;
    private const int MaxSteps = 2_000_000;

    private readonly ForceModel _forces;
    private readonly Epoch _start;
    private readonly OrbitEquations _equations;
    private readonly Dop853 _integrator;
    private readonly ShadowEdges? _shadow;
    private readonly StepNoise? _noise;
    private readonly GravityWaves _waves;
    private readonly double _end, _longestStepS;
    private readonly int _columns;
    private readonly double[] _y, _derivative, _partials, _product;
    private Acceleration _atStart, _atEnd;

    /// <param name="forces">The forces.</param>
    /// <param name="start">GCRF.</param>
    /// <param name="surface">Of the object.</param>
    /// <param name="options">Manoeuvres, partials, noise.</param>
    /// <param name="toleranceKm">Of one step.</param>
    /// <param name="end">Where to, seconds from the start, signed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A table does not cover the start.</exception>
    public OrbitMarch(ForceModel forces, CartesianState start, SurfaceCoefficients surface, PropagationOptions options, double toleranceKm, double end)
    {
        (_forces, _start, _end) = (forces, start.Epoch, end);
        _equations = new OrbitEquations(forces, start.Epoch, surface, options.WithPartials || options.Noise is not null, options.Maneuvers);
        _columns = _equations.Columns;
        (_y, _derivative, _partials, _product) = (new double[_equations.Size], new double[_equations.Size], new double[6 * _columns], new double[6 * _columns]);
        SetState(start.PositionKm, start.VelocityKmPerS);
        // A circular orbit turns one radian while its velocity error grows to its position error.
        double radius = start.PositionKm.Norm, rate = Math.Sqrt(forces.Gravity.MuKm3PerS2 / (radius * radius * radius));
        _integrator = new Dop853(_equations, Tolerances(toleranceKm, rate, _columns > 0 ? options.PartialsTolerance : 0));
        _longestStepS = Math.Min(LongestStepS, TimeConstantsPerStep * (options.Noise?.Correlated?.TimeConstantS ?? double.PositiveInfinity));
        _waves = new GravityWaves(forces);
        if (_columns > 0 && options.Noise is not null) _noise = new StepNoise(options.Noise);
        for (int i = 0; i < 6 && _columns > 0; i++) _partials[i * _columns + i] = 1;
        PlanEdges(options.Maneuvers);
        SetIdentity();
        _integrator.Start(0, _y, Math.CopySign(0.05 / rate, end));
        UndoAtStart();
        _atEnd = _equations.Latest;
        if (forces.HasSharpShadow)
        {
            _shadow = new ShadowEdges(forces, start.Epoch);
            _shadow.Start(0, start.PositionKm);
        }
    }

    /// <summary>Seconds from the start, signed.</summary>
    public double Time => _integrator.Time;

    /// <summary>Where the latest step began.</summary>
    public double PreviousTime => _integrator.PreviousTime;

    /// <summary>Why the march ended before its time; null while it has not.</summary>
    public PropagationStop? Stop { get; private set; }

    public Dop853 Integrator => _integrator;

    public bool IsForward => _end >= 0;

    /// <summary>Goes to the end, or to where <see cref="Stop"/> says.</summary>
    public void Run(IMarchObserver observer)
    {
        observer.Arrived(this);
        for (int steps = 0; _integrator.Time != _end; steps++)
        {
            if (steps == MaxSteps) Say(PropagationEnd.TooManySteps, $"{MaxSteps} steps");
            else TakeStep();
            if (Stop is not null) return;
            observer.Inside(this);
            if (!IsForward) observer.Arrived(this);
            Arrive();
            if (IsForward) observer.Arrived(this);
        }
    }

    private void TakeStep()
    {
        LimitStep();
        double target = _nextEdge < _edges.Length && Math.Abs(_edges[_nextEdge].Time) < Math.Abs(_end) ? _edges[_nextEdge].Time : _end;
        double ahead = Math.CopySign(Math.Min(Math.Abs(_integrator.PlannedStep), Math.Abs(target - Time)), _end);
        if (_forces.MissingData(_start.PlusSeconds(Time + ahead)) is { } missing)
        {
            Say(PropagationEnd.OutsideData, $"{missing} does not cover {_start.PlusSeconds(Time + ahead)}");
            return;
        }
        _atStart = _atEnd;
        if (!_integrator.TryStep(target))
        {
            GiveUp(PropagationEnd.StepCollapsed, $"no step from {OrbitEquations.PositionOf(_integrator.PreviousValues).Norm:F0} km from the centre of the Earth meets the tolerance");
            return;
        }
        if (_shadow is not null && _shadow.TryFind(PreviousTime, Time, Arc(Time), out double edge))
        {
            _integrator.Undo();
            if (!_integrator.TryStep(edge))
            {
                GiveUp(PropagationEnd.StepCollapsed, "at the edge of the shadow");
                return;
            }
            if (_integrator.Time == edge) _shadow.Cross();
        }
        _atEnd = _equations.Latest;
        CheckBounds();
    }

    private void LimitStep()
    {
        _integrator.LongestStep = _longestStepS;
        var y = _integrator.Values;
        double waves = _waves.LongestStepS(OrbitEquations.PositionOf(y), OrbitEquations.VelocityOf(y), Math.CopySign(_integrator.PlannedStep, _end));
        // What is not a number fails in the step itself.
        if (waves < _longestStepS) _integrator.LongestStep = waves;
    }

    private void CheckBounds()
    {
        var position = OrbitEquations.PositionOf(_integrator.Values);
        double radius = position.Norm;
        // Not a number counts as fallen; the ellipsoid is asked only where the object may be too low.
        if (!(radius > Wgs84.EquatorialRadiusKm + LowestHeightKm) && !(HeightKm(position) > LowestHeightKm)) GiveUp(PropagationEnd.EarthImpact, $"{HeightKm(position):F0} km above the ellipsoid");
        else if (!(radius < HighestRadiusKm)) GiveUp(PropagationEnd.LeftEarth, $"{radius:F0} km from the centre of the Earth");
        else if (radius > MoonsNeighbourhoodKm && !(_forces.HeightAboveMoonKm(_start.PlusSeconds(Time), position) > 0)) GiveUp(PropagationEnd.MoonImpact, "inside the Moon's mean sphere");
    }

    private double HeightKm(Vector3d position) => Wgs84.ToGeodetic(_forces.Rotation.At(_start.PlusSeconds(Time)).GcrfToItrf * position).HeightKm;

    private void Say(PropagationEnd reason, string detail) => Stop = new PropagationStop(reason, _start.PlusSeconds(Time), detail);

    /// <summary>The step that failed, or ended where none may, is taken back: the march stands where it was.</summary>
    private void GiveUp(PropagationEnd reason, string detail)
    {
        _integrator.Undo();
        Say(reason, detail);
    }

    /// <summary>Multiplies the partials of the step up and begins anew, then flies what is due at this instant.</summary>
    private void Arrive()
    {
        if (_columns > 0)
        {
            _integrator.Values.CopyTo(_y);
            if (_noise is not null) _noise.Add(Arc(Time), Time - PreviousTime, _y.AsSpan(6), _columns, _atStart.VelocityGradient, _atEnd.VelocityGradient);
            Multiply(_y.AsSpan(6), _partials, _product);
            _product.CopyTo(_partials, 0);
            SetIdentity();
            _integrator.EndDerivative.CopyTo(_derivative);
            _equations.VariationalDerivative(Time, _atEnd, _y, _derivative);
            _integrator.Replace(_y, _derivative);
        }
        // Going back, the state at the last instant is the one after an impulse there.
        if (IsForward || Time != _end) FlyEdges();
    }

    /// <summary>Total = step's transition · total so far, and what the step itself adds for the parameters.</summary>
    private void Multiply(ReadOnlySpan<double> step, ReadOnlySpan<double> before, Span<double> total)
    {
        for (int i = 0; i < 6; i++)
        {
            var row = total.Slice(i * _columns, _columns);
            row[..6].Clear();
            step.Slice(i * _columns + 6, _columns - 6).CopyTo(row[6..]);
            for (int k = 0; k < 6; k++)
            {
                double factor = step[i * _columns + k];
                var from = before.Slice(k * _columns, _columns);
                for (int j = 0; j < row.Length; j++) row[j] += factor * from[j];
            }
        }
    }

    private QuinticArc Arc(double time) => new(time - PreviousTime, _integrator.PreviousValues, _integrator.PreviousDerivative, _integrator.Values, _integrator.EndDerivative);

    private void SetState(Vector3d position, Vector3d velocity)
    {
        (_y[0], _y[1], _y[2]) = (position.X, position.Y, position.Z);
        (_y[3], _y[4], _y[5]) = (velocity.X, velocity.Y, velocity.Z);
    }

    private void SetIdentity()
    {
        if (_columns == 0) return;
        _y.AsSpan(6).Clear();
        for (int i = 0; i < 6; i++) _y[6 + i * _columns + i] = 1;
    }

    /// <summary>For the state, and where partials are controlled for the transition matrix of the step, the columns of parameters left free.</summary>
    private double[] Tolerances(double positionKm, double rate, double partials)
    {
        double velocity = positionKm * rate;
        double[] state = [positionKm, positionKm, positionKm, velocity, velocity, velocity];
        if (!(partials > 0)) return state;
        double[] all = new double[_equations.Size];
        Array.Fill(all, double.PositiveInfinity);
        state.CopyTo(all, 0);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) all[6 + i * _columns + j] = partials * (i < 3 ? 1 : rate) / (j < 3 ? 1 : rate);
        return all;
    }
}
