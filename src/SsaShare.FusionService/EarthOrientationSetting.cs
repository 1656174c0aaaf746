using Microsoft.Extensions.Configuration;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary><c>Fusion:EarthOrientationFile</c>: a table of Earth orientation in the form of seeds/earth/earth-orientation.txt, in place of the built-in one.</summary>
internal static class EarthOrientationSetting
{
    private const string Key = "Fusion:EarthOrientationFile";

    /// <exception cref="InvalidDataException">The file is missing or malformed; the message names file and line.</exception>
    public static EarthRotation Read(IConfiguration configuration)
    {
        if (configuration[Key] is not { Length: > 0 } path) return EarthRotation.Default;
        if (!File.Exists(path)) throw new InvalidDataException($"{Key}: there is no file '{path}'.");
        try
        {
            return new EarthRotation(EarthOrientation.Parse(File.ReadAllText(path)));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{Key}, {path}: {e.Message}", e);
        }
    }
}
