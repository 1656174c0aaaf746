using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>The estimate that is kept of one object: its orbit after the latest tracklets, and the steps that led there as far as they can be taken back. Immutable; about 6 kB beside its observations.</summary>
/// <remarks>
/// Biases of sensors are estimated within a step and forgotten after it. A tracklet that comes late is put where it belongs and what follows is done again, so that the order of arrival makes no difference as long
/// as it is not <see cref="TrackUpdate.TooOld"/>. A track that was <see cref="CarriedTo"/> an instant differs from one that was not by the error of the integration, some centimetres.
/// </remarks>
public sealed partial class ObjectTrack
{
    private readonly TrackDynamics _dynamics;
    private readonly OrbitalRegime _regime;
    private readonly FilterCheckpoint _anchor;
    private readonly FilterCheckpoint? _carried;
    private readonly ImmutableArray<TrackStep> _steps;

    private readonly SequentialFilterOptions _options;

    private ObjectTrack(TrackDynamics dynamics, OrbitalRegime regime, SequentialFilterOptions options, FilterCheckpoint anchor)
        => (_dynamics, _regime, _options, _anchor, _steps) = (dynamics, regime, options, anchor, []);

    private ObjectTrack(ObjectTrack before, FilterCheckpoint anchor, ImmutableArray<TrackStep> steps, FilterCheckpoint? carried) : this(before._dynamics, before._regime, before._options, anchor)
        => (_steps, _carried) = (steps, carried);

    /// <summary>A track that begins with what a batch fit or an initial orbit knows.</summary>
    /// <exception cref="ArgumentException">The state is not in GCRF, a sigma is negative, or the covariance is indefinite.</exception>
    public static ObjectTrack Begin(TrackDynamics dynamics, FilterStart start)
    {
        var regime = OrbitalRegimes.Of(start.State);
        var options = dynamics.FilterOptions(regime, start.State);
        return new ObjectTrack(dynamics, regime, options, dynamics.Filter(regime).Start(start, options));
    }

    /// <summary>Of the orbit, which decides on forces and noise.</summary>
    public OrbitalRegime Regime => _regime;

    /// <summary>What is known after the latest step, or at the beginning.</summary>
    public FilterCheckpoint Latest => _steps.IsEmpty ? _anchor : _steps[^1].After;

    /// <summary>Of the latest observation that was processed; of the beginning where there is none.</summary>
    public Epoch Epoch => Latest.Epoch;

    /// <summary>From which on tracklets can be added and taken out.</summary>
    public Epoch Earliest => _anchor.Epoch;

    /// <summary>Tracklets that can be taken out, in order of time.</summary>
    public IEnumerable<ObservedTracklet> Tracklets => _steps.SelectMany(step => step.Tracklets);

    /// <summary>Sum over the steps kept of the normalised innovations squared, the figures they stand for, and the observations refused.</summary>
    public (double ChiSquare, int Figures, int Refused) Statistics => (_steps.Sum(s => s.ChiSquare), _steps.Sum(s => s.Figures), _steps.Sum(s => s.Refused));

    /// <summary>The orbit at an instant, with process noise.</summary>
    /// <param name="to">Not before <see cref="Earliest"/>; before <see cref="Epoch"/> the answer is from the tracklets until then.</param>
    /// <param name="predicted">Where the answer is true.</param>
    /// <returns>False where the orbit cannot be followed so far.</returns>
    /// <exception cref="ArgumentException">The instant lies before <see cref="Earliest"/>.</exception>
    public bool TryPredict(Epoch to, out FilterCheckpoint predicted)
    {
        var carried = new FilterCheckpoint[1];
        bool done = TryPredict([to], carried);
        predicted = carried[0];
        return done;
    }

    /// <summary>The same at several instants by one integration.</summary>
    /// <param name="to">Ascending, the first not before <see cref="Earliest"/>; all from what is known at the first.</param>
    /// <param name="predicted">One for each.</param>
    /// <exception cref="ArgumentException">The instants do not ascend or begin too early.</exception>
    public bool TryPredict(ReadOnlySpan<Epoch> to, Span<FilterCheckpoint> predicted)
    {
        if (to.IsEmpty) return true;
        if (to[0] < Earliest) throw new ArgumentException($"{to[0]} lies before {Earliest}.", nameof(to));
        return _dynamics.Filter(_regime).TryCarry(KnownAt(to[0]), to, _options, predicted);
    }

    /// <summary>What is known after the latest step, some minutes before it.</summary>
    internal bool TryRewind(Epoch to, [NotNullWhen(true)] out FilterCheckpoint? rewound) => _dynamics.Filter(_regime).TryRewind(Latest, to, out rewound);

    /// <summary>The same track, which from now on predicts from an instant that a prediction has reached already. An update spares the way there too, where it is certain to 1 km; else it goes it again.</summary>
    /// <param name="reached">A prediction of this very track, not before <see cref="Epoch"/>.</param>
    /// <exception cref="ArgumentException">It lies before <see cref="Epoch"/>.</exception>
    public ObjectTrack CarriedTo(FilterCheckpoint reached)
        => reached.Epoch >= Epoch ? new ObjectTrack(this, _anchor, _steps, reached) : throw new ArgumentException($"{reached.Epoch} lies before {Epoch}.", nameof(reached));

    /// <summary>The latest that is known of an instant from observations before it.</summary>
    private FilterCheckpoint KnownAt(Epoch epoch)
    {
        if (_carried is not null && _carried.Epoch <= epoch) return _carried;
        for (int i = _steps.Length - 1; i >= 0; i--) if (_steps[i].After.Epoch <= epoch) return _steps[i].After;
        return _anchor;
    }
}
