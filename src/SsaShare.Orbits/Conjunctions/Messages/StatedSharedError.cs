using System.Globalization;
using System.Text.RegularExpressions;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a message tells of an error that both of its objects share.</summary>
public static partial class StatedSharedError
{
    /// <summary>The error of the forecast density of the air, where both objects have it in their comments: "DCP Density Forecast Uncertainty", "DCP Sensitivity Vector RTN Pos" and "... Vel", as NASA and the US Space Force write them.</summary>
    /// <param name="message">Of both objects.</param>
    /// <param name="first">State of the first object, not turning with the Earth.</param>
    /// <param name="second">State of the second one.</param>
    /// <returns>Null where one of them does not have it, or one that is no figure.</returns>
    public static SharedError? Of(ConjunctionMessage message, CartesianState first, CartesianState second)
        => Density(message.First, first) is { } one && Density(message.Second, second) is { } two ? new SharedError(one, two) : null;

    private static DensityError? Density(ConjunctionObject of, CartesianState state)
    {
        (double? sigma, Vector3d? position, Vector3d? velocity) = (null, null, null);
        foreach (string comment in of.Comments)
        {
            if (Uncertainty().Match(comment) is { Success: true } match) sigma = Number(match.Groups[1].Value);
            else if (Sensitivity().Match(comment) is { Success: true } vector && Number(vector.Groups[2].Value) is { } r && Number(vector.Groups[3].Value) is { } t && Number(vector.Groups[4].Value) is { } n)
            {
                if (vector.Groups[1].Value == "Pos") position = 1e-3 * new Vector3d(r, t, n);
                else velocity = 1e-3 * new Vector3d(r, t, n);
            }
        }
        return sigma is >= 0 && position is { } p && velocity is { } v ? DensityError.FromRtn(state, sigma.Value, p, v) : null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^\s*DCP Density Forecast Uncertainty\s*=\s*(\S+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Uncertainty();

    [GeneratedRegex(@"^\s*DCP Sensitivity Vector RTN (Pos|Vel)\s*=\s*(\S+)\s+(\S+)\s+(\S+)\s*(?:\[m(?:/s(?:ec)?)?\])?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Sensitivity();
}
