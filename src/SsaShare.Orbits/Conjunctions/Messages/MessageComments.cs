namespace SsaShare.Orbits;

/// <summary>What a message of version 1.0 has no keyword for, and its reader should know.</summary>
internal static class MessageComments
{
    /// <summary>The method as the registry of CCSDS calls it; Hall's two are not in it and go by their names in the literature.</summary>
    public static string? Word(ProbabilityMethods method) => method switch
    {
        ProbabilityMethods.TwoDimensional => "FOSTER-1992",
        ProbabilityMethods.ShortCurved => "HALL-2D-NC",
        ProbabilityMethods.LongCurved => "HALL-3D-NC",
        ProbabilityMethods.MonteCarlo => "MONTE-CARLO",
        _ => null,
    };

    /// <param name="radii">Null where none are known.</param>
    /// <param name="isJoined">They touch and move together.</param>
    /// <param name="assessment">Null where there is none.</param>
    /// <param name="withShared">The probability with the error that both objects share; null where none is known.</param>
    public static IEnumerable<string> Of(CloseApproach approach, MessageRadii? radii, bool isJoined, ProbabilityAssessment? assessment, double? withShared, ConjunctionMakerOptions options)
        => All(approach, radii, isJoined, assessment, withShared, options).SelectMany(MessageText.Lines);

    private static IEnumerable<string> All(CloseApproach approach, MessageRadii? radii, bool isJoined, ProbabilityAssessment? assessment, double? withShared, ConjunctionMakerOptions options)
    {
        if (radii is null) yield return "No hard-body radius is known for both objects: no collision probability is stated";
        else
        {
            // The form that readers of version 1.0 look for.
            yield return $"HBR = {MessageText.Number(radii.SumKm * 1e3, "0.######")} [m]";
            yield return $"HBR is the sum of {Radius(radii.FirstKm, radii.IsFirstOwn)} for OBJECT1 and {Radius(radii.SecondKm, radii.IsSecondOwn)} for OBJECT2";
        }
        if (options.Screening is not null && options.Volume is not null) yield return "SCREEN_VOLUME sizes are from OBJECT1 to the surface of the volume: half of its whole extent";
        if (options.Screening is { Volume: var common } && options.Volume is null) yield return "The approach counts by a volume around OBJECT2";
        if (approach.IsCoMoving) yield return "The objects move together: the approach stands for a whole stay near each other, and TCA is that of the least distance within it";
        if (isJoined) yield return "The objects touch and move together: docked, or two names of one body. No collision probability is stated";
        if (approach.Traits.HasFlag(CloseApproachTraits.AtEdge)) yield return "The distance is least at the edge of what was screened: beyond, it may be less";
        if (approach.Traits.HasFlag(CloseApproachTraits.StaleElements)) yield return "Elements of an object are old: see the objects";
        if (assessment is null) yield break;
        yield return $"{Word(assessment.Recommended.Method) ?? "No probability"}: {assessment.Recommended.Reason}";
        if (withShared is { } shared) yield return $"With the error of the air's density as one error of both objects (comments DCP) the probability is {MessageText.Number(shared, "0.###E+0")}; COLLISION_PROBABILITY takes their errors as independent";
        if (assessment.Maximum is { } maximum)
        {
            yield return maximum.SigmaScale > 0
                ? $"Maximum probability over all sizes of the combined covariance: {MessageText.Number(maximum.Probability, "0.###E+0")} at {MessageText.Number(maximum.SigmaScale, "G3")} times the stated sigmas"
                : "The bodies touch on the nominal paths";
        }
        foreach (var warning in assessment.Warnings)
        {
            string of = warning.Kind switch { ProbabilityWarningKind.FirstCovariance => "covariance of OBJECT1: ", ProbabilityWarningKind.SecondCovariance => "covariance of OBJECT2: ", _ => "" };
            yield return $"Warning: {of}{warning.Text}";
        }
    }

    private static string Radius(double km, bool isOwn) => $"{MessageText.Number(km * 1e3, "0.######")} m ({(isOwn ? "of the object" : "a default")})";
}
