using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sensors of partners that observe objects whose motion is known: what reaches the readers, in order of arrival, and the truth to score it against.</summary>
/// <remarks>Lazy: motions are computed a window at a time as observations are taken. The meaning of ranges, angles and time tags is that of <see cref="MeasurementModel"/>.</remarks>
public sealed class ObservationSimulation
{
    private const int TracksOfNothing = -1;
    private const ulong OfTracks = 0x747261636b;

    private readonly IReadOnlyList<SimulatedSensor> _sensors;
    private readonly SimulatedNetwork _network;
    private readonly SimulationOptions _options;
    private readonly SensorSight[] _sights;
    private readonly TrackSchedule _schedule;
    private readonly TrackMaker _maker;
    private readonly Deliveries _deliveries;
    private readonly Epoch _from, _to;
    private readonly double _longestTrackSeconds;
    private long _tracks;
    private bool _isTaken;

    /// <param name="objects">What is there; their places in this list are <see cref="SimulatedObservation.TrueObject"/>.</param>
    /// <param name="network">Who observes.</param>
    /// <param name="propagator">With the true forces; its forces' rotation turns the ground sensors too.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">Last instant at which something arrives.</param>
    /// <param name="options">Seed and windows.</param>
    /// <exception cref="ArgumentException">The span is empty, or a step not a part of the window.</exception>
    public ObservationSimulation(IReadOnlyList<SimulatedObject> objects, SimulatedNetwork network, Propagator propagator, Epoch from, Epoch to, SimulationOptions options)
    {
        if (to <= from) throw new ArgumentException("Expected a span above zero.", nameof(to));
        if (!(options.StepSeconds > 0) || !(options.WindowSeconds >= options.StepSeconds)) throw new ArgumentException("Expected steps above zero and windows no shorter.", nameof(options));
        (_network, _options, _from, _to) = (network, options, from, to);
        _sensors = [.. network.Partners.SelectMany(partner => partner.Sensors)];
        var rotation = propagator.Forces.Rotation;
        _sights = [.. _sensors.Select((sensor, i) => new SensorSight(sensor, i, options.Seed, rotation))];
        Truth = new TrueMotions(objects, propagator, from, options.Threads);
        _schedule = new TrackSchedule(_sensors, objects.Count, from, options.StepSeconds, options.Seed);
        _maker = new TrackMaker(new MeasurementModel(rotation, SignalConventions.Corrected), _sensors, _sights, Truth, options.Seed);
        _deliveries = new Deliveries(network, options.Seed);
        _longestTrackSeconds = options.StepSeconds + _sensors.Select(sensor => sensor.Rhythm.ObservationsMax * sensor.Rhythm.CadenceSeconds).DefaultIfEmpty(0).Max();
    }

    /// <summary>How the objects move in the window of the observation last taken.</summary>
    public TrueMotions Truth { get; }

    /// <summary>All sensors, in the order of the partners.</summary>
    public IReadOnlyList<SimulatedSensor> Sensors => _sensors;

    /// <summary>What reaches the readers from first to last instant. To be taken once.</summary>
    /// <exception cref="InvalidOperationException">They were taken already.</exception>
    public IEnumerable<SimulatedObservation> Observations()
    {
        if (_isTaken) throw new InvalidOperationException("The observations of a simulation are taken once.");
        _isTaken = true;
        var search = new PassSearch(_sensors, _sights, Truth, _options.StepSeconds, _options.Threads);
        for (var from = _from; from < _to; from = Truth.WindowTo)
        {
            var end = from.PlusSeconds(_options.WindowSeconds);
            Truth.Advance(end < _to ? end : _to, _longestTrackSeconds);
            int steps = (int)Math.Ceiling(Truth.WindowTo.SecondsSince(from) / _options.StepSeconds);
            foreach (var track in _schedule.Plan(search.Find(steps), from, steps)) Take(track, from);
            for (int s = 0; s < _sensors.Count; s++) TakeNothing(s, from, steps);
            // Tracks of the next window arrive after its beginning: what arrives before is complete.
            foreach (var arrived in _deliveries.ArrivedBefore(Truth.WindowTo)) yield return arrived;
        }
    }

    private void Take(PlannedTrack planned, Epoch windowFrom)
    {
        var step = windowFrom.PlusSeconds(planned.Step * _options.StepSeconds);
        var random = new SimulationRandom(_options.Seed ^ OfTracks, planned.Sensor, planned.Object, step.NanosecondsSinceJ2000);
        var start = step.PlusSeconds(random.NextUniform() * _options.StepSeconds);
        if (start >= Truth.WindowTo) return;
        var observations = _maker.Look(planned.Sensor, planned.Object, start, out var last);
        Send(planned.Sensor, planned.Object, last, observations, ref random);
    }

    private void TakeNothing(int sensor, Epoch windowFrom, int steps)
    {
        double perStep = _sensors[sensor].FalseTracksPerHour * _options.StepSeconds / 3_600;
        for (int step = 0; step < steps && perStep > 0; step++)
        {
            var epoch = windowFrom.PlusSeconds(step * _options.StepSeconds);
            var random = new SimulationRandom(_options.Seed ^ OfTracks, sensor, TracksOfNothing, epoch.NanosecondsSinceJ2000);
            if (random.NextUniform() >= perStep || !_sights[sensor].At(epoch).IsOpen) continue;
            var observations = _maker.LookAtNothing(sensor, epoch, out var last);
            Send(sensor, TracksOfNothing, last, observations, ref random);
        }
    }

    /// <remarks>A track leaves its sensor when its last observation is made.</remarks>
    private void Send(int sensor, int index, Epoch last, List<TrackingObservation> observations, ref SimulationRandom random)
    {
        if (observations.Count == 0) return;
        bool isLabelled = random.NextUniform() < _network.LabelShare && Truth.Objects.Count > 0, isWrong = random.NextUniform() < _network.WrongLabelShare;
        int labelled = index == TracksOfNothing || isWrong ? random.NextInteger(0, Truth.Objects.Count - 1) : index;
        _deliveries.Send(_sensors[sensor].Declared.Key.Owner, observations, isLabelled ? Truth.Objects[labelled].Label : null, _tracks++, index, last);
    }
}
