using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Makes conjunction messages (CCSDS 508.0-B-1) of approaches that a screening has found. Pure: the same approach, objects and options give the same message.</summary>
/// <remarks>
/// States are those of the objects' own motions at the time of closest approach, to the microsecond, in GCRF; distances are those of the screening. The probability is computed from the message's own
/// figures with the errors of both objects independent, as any reader of it would: an assessment of the message gives it again, to the seven digits stated. What an error that both share makes of it is told in a comment.
/// </remarks>
public static class ConjunctionMessageMaker
{
    /// <summary>As far may an object be from where the screening saw it, km: what turning and interpolating between frames costs, with room.</summary>
    private const double SameMotionKm = 0.01;

    private const long Microsecond = 1_000, Millisecond = 1_000_000;

    /// <summary>The first object of the message is a primary of the screening before any other, and one with a volume of its own before one without.</summary>
    /// <param name="approach">Of the report.</param>
    /// <param name="report">Whose options and volumes the message states.</param>
    /// <param name="one">Either object of the approach.</param>
    /// <param name="other">The other one.</param>
    /// <param name="options">Its screening and volume are replaced by those of the report.</param>
    /// <exception cref="ArgumentException">The objects are not those of the approach.</exception>
    public static ConjunctionMessageOutcome Make(CloseApproach approach, ScreeningReport report, EncounterObject one, EncounterObject other, ConjunctionMakerOptions options)
    {
        if (Rank(other) > Rank(one) || (Rank(other) == Rank(one) && other.Id < one.Id)) (one, other) = (other, one);
        ScreeningVolume? own = VolumeOf(one), volume = own ?? (VolumeOf(other) is null ? report.Options.Volume : null);
        return Make(approach, one, other, options with { Screening = report.Options, Volume = volume });

        ScreeningVolume? VolumeOf(EncounterObject of) => report.Objects.GetValueOrDefault(of.Id)?.Volume;

        int Rank(EncounterObject of) => (VolumeOf(of) is null ? 0 : 1) + (report.Options.Primaries?.Contains(of.Id) == true ? 2 : 0);
    }

    /// <param name="approach">When they are closest.</param>
    /// <param name="first">OBJECT1: relative figures and the volume are in its axes.</param>
    /// <param name="second">OBJECT2.</param>
    /// <param name="options">The rest.</param>
    /// <exception cref="ArgumentException">The objects are not those of the approach.</exception>
    public static ConjunctionMessageOutcome Make(CloseApproach approach, EncounterObject first, EncounterObject second, ConjunctionMakerOptions options)
    {
        if ((Math.Min(first.Id, second.Id), Math.Max(first.Id, second.Id)) != (approach.Id1, approach.Id2)) throw new ArgumentException($"Expected {approach.Id1} and {approach.Id2}, got {first.Id} and {second.Id}.", nameof(first));
        if (!HasUtc(approach.Tca) || !HasUtc(options.Created) || (options.Screening is { } when && !HasUtc(when.Start))) return No(NoMessageReason.NoUtc, null, "A time is before 1972, where there is no UTC to state it in.");
        var tca = Covered(MessageText.Rounded(approach.Tca, Microsecond)) ? MessageText.Rounded(approach.Tca, Microsecond) : approach.Tca;
        foreach (var one in (EncounterObject[])[first, second])
            if (!one.Motion.Covers(tca)) return No(NoMessageReason.NoState, one.Id, $"{one.Id} has no state at {Utc.Format(tca)}.");
        CartesianState a = MessageObject.Rounded(first.Motion.StateAt(tca)), b = MessageObject.Rounded(second.Motion.StateAt(tca));
        if (!Axes.TryOf(a, out var axesOfA)) return No(NoMessageReason.NoAxes, first.Id, $"{first.Id} has no orbital plane at {Utc.Format(tca)}.");
        if (!Axes.TryOf(b, out var axesOfB)) return No(NoMessageReason.NoAxes, second.Id, $"{second.Id} has no orbital plane at {Utc.Format(tca)}.");
        double missKm = a.SeparationKm(b).Norm;
        if (!(Math.Abs(missKm - approach.MissKm) <= SameMotionKm)) return No(NoMessageReason.OtherMotion, null, FormattableString.Invariant($"They are {missKm:F3} km apart at {Utc.Format(tca)}, and {approach.MissKm:F3} km in the screening: not the motions that were screened."));
        if (first.Motion.UncertaintyAt(tca) is not { } sureA) return No(NoMessageReason.NoCovariance, first.Id, $"Nothing is known of the errors of {first.Id}, and a message must state a covariance.");
        if (second.Motion.UncertaintyAt(tca) is not { } sureB) return No(NoMessageReason.NoCovariance, second.Id, $"Nothing is known of the errors of {second.Id}, and a message must state a covariance.");
        return Made(approach, new Side(first, a, axesOfA!, sureA), new Side(second, b, axesOfB!, sureB), missKm, options);

        bool Covered(Epoch epoch) => first.Motion.Covers(epoch) && second.Motion.Covers(epoch);
    }

    /// <summary>An object at the closest approach.</summary>
    private sealed record Side(EncounterObject Object, CartesianState State, LocalOrbitFrame Axes, UncertaintyAt Uncertainty)
    {
        public ConjunctionObject Stated() => MessageObject.Of(Object, State, Axes, Uncertainty);
    }

    private static ConjunctionMessageOutcome.Made Made(CloseApproach approach, Side first, Side second, double missKm, ConjunctionMakerOptions options)
    {
        ConjunctionObject one = first.Stated(), other = second.Stated();
        var relative = first.Axes.ToLocalInertial(second.State);
        Epoch tca = first.State.Epoch, created = MessageText.Rounded(options.Created, Millisecond);
        var closest = new ClosestApproach(tca, MessageObject.OfMetres(missKm, 3), MessageObject.OfMetres(relative.VelocityKmPerS.Norm, 6), MessageObject.OfMetres(relative.PositionKm, 3), MessageObject.OfMetres(relative.VelocityKmPerS, 6));
        var radii = MessageRadii.Of(first.Object, second.Object, options.DefaultRadiusKm);
        var encounter = new ConjunctionEncounter(first.State, ConjunctionEncounter.InFrameOf(first.State, one.Covariance), second.State, ConjunctionEncounter.InFrameOf(second.State, other.Covariance));
        // Errors of what is joined are not independent, and it cannot collide: any figure would be nonsense.
        bool isJoined = approach.IsCoMoving && missKm <= (radii?.SumKm ?? 0);
        var assessment = radii is null || isJoined ? null : encounter.Assess(radii.SumKm, options.Probability);
        double? withShared = assessment is not null && Shared(first.Uncertainty, second.Uncertainty) is { } shared ? encounter.Assess(radii!.SumKm, options.Probability, shared).Recommended.Probability : null;
        var message = new ConjunctionMessage(MessageText.Id(one.Designator, other.Designator, tca, created), MessageText.Clean(options.Maker, "UNKNOWN"), MessageText.Clean(options.MadeFor, "") is { Length: > 0 } madeFor ? madeFor : null, created,
            closest, Screening(approach, first.Object, second.Object, options), Probability(assessment), one, other, [.. MessageComments.Of(approach, radii, isJoined, assessment, withShared, options)]);
        return new ConjunctionMessageOutcome.Made(message, assessment);
    }

    private static ConjunctionScreening? Screening(CloseApproach approach, EncounterObject first, EncounterObject second, ConjunctionMakerOptions options)
    {
        if (options.Screening is not { } screening) return null;
        if (options.Volume is not { } volume) return new ConjunctionScreening(screening.Start, screening.End, null, null, null, null, null);
        var (entry, exit) = VolumeStay.Of(volume, approach, first, second, screening);
        var size = volume.HalfSizesKm ?? new Vector3d(volume.RadiusKm, volume.RadiusKm, volume.RadiusKm);
        return new ConjunctionScreening(screening.Start, screening.End, "RTN", volume.HalfSizesKm is null ? "ELLIPSOID" : "BOX", MessageObject.OfMetres(size, 3), entry, exit);
    }

    private static CollisionProbability? Probability(ProbabilityAssessment? assessment)
        => assessment?.Recommended.Probability is { } value && double.IsFinite(value) ? new CollisionProbability(Math.Clamp(MessageText.Digits(value, 7), 0, 1), MessageComments.Word(assessment.Recommended.Method)) : null;

    private static SharedError? Shared(UncertaintyAt first, UncertaintyAt second) => first.Density is { } one && second.Density is { } other ? new SharedError(one, other) : null;

    private static bool HasUtc(Epoch epoch) => Utc.TrySplit(epoch, out _, out _);

    private static ConjunctionMessageOutcome.NotMade No(NoMessageReason reason, long? id, string text) => new(reason, id, text);
}
