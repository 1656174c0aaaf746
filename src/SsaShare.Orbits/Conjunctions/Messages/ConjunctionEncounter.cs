using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a conjunction message says, as probabilities take it: states in an inertial frame and each covariance in the frame of its state.</summary>
public sealed partial record ConjunctionEncounter(CartesianState First, Covariance6 FirstCovariance, CartesianState Second, Covariance6 SecondCovariance)
{
    /// <param name="message">Of any frame that messages have.</param>
    /// <param name="rotation">For states in ITRF.</param>
    /// <param name="encounter">What it says.</param>
    /// <param name="reason">Why it says nothing that can be used.</param>
    /// <returns>False where a state has no axes for its covariance: its position and velocity are parallel, or one of them is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A state is in ITRF, and the Earth's orientation is not known for its instant.</exception>
    public static bool TryOf(ConjunctionMessage message, EarthRotation rotation, [NotNullWhen(true)] out ConjunctionEncounter? encounter, [NotNullWhen(false)] out string? reason)
    {
        CartesianState first = Inertial(message.First.State, rotation), second = Inertial(message.Second.State, rotation);
        (encounter, reason) = (null, null);
        bool hasFirst = Axes.TryOf(first, out _);
        if (!hasFirst || !Axes.TryOf(second, out _))
        {
            reason = $"position and velocity of {(hasFirst ? "OBJECT2" : "OBJECT1")} are parallel, or one of them is zero";
            return false;
        }
        encounter = new ConjunctionEncounter(first, InFrameOf(first, message.First.Covariance), second, InFrameOf(second, message.Second.Covariance));
        return true;
    }

    /// <inheritdoc cref="TryOf"/>
    /// <exception cref="ArgumentException">A state has no axes.</exception>
    public static ConjunctionEncounter Of(ConjunctionMessage message, EarthRotation rotation)
        => TryOf(message, rotation, out var encounter, out string? reason) ? encounter : throw new ArgumentException($"Expected two orbits; {reason}.", nameof(message));

    /// <summary>What `HBR = 15 [m]` in a comment says, as the makers of messages write it: version 1.0 has no keyword for the sum of both radii.</summary>
    /// <returns>km; null where no comment of the message or its first object has it.</returns>
    public static double? StatedRadiusKm(ConjunctionMessage message)
    {
        foreach (string comment in message.Comments.Concat(message.First.Comments))
            if (RadiusComment().Match(comment) is { Success: true } match && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double metres) && metres > 0 && double.IsFinite(metres)) return metres / 1e3;
        return null;
    }

    /// <summary>As <see cref="ProbabilityAssessor.Assess(CartesianState, Covariance6?, CartesianState, Covariance6?, double, ProbabilityOptions, SharedError?)"/>.</summary>
    public ProbabilityAssessment Assess(double radiusKm, ProbabilityOptions options, SharedError? shared = null)
        => ProbabilityAssessor.Assess(First, FirstCovariance, Second, SecondCovariance, radiusKm, options, shared);

    private static CartesianState Inertial(CartesianState state, EarthRotation rotation) => state.Frame == Frame.Itrf ? rotation.ToGcrf(state) : state;

    /// <summary>The six parameters of the state, out of the object's own axes.</summary>
    internal static Covariance6 InFrameOf(CartesianState state, RtnCovariance covariance) => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(covariance.Lower[..21]));

    [GeneratedRegex(@"^\s*HBR\s*=\s*([0-9.eE+-]+)\s*(?:\[m\])?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RadiusComment();
}
