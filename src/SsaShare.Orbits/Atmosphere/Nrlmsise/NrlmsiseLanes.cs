namespace SsaShare.Orbits;

/// <summary>The quantities that NRLMSISE-00 expands, in the order of the lanes of its tables; the last five are needed below 300 km only.</summary>
internal static class NrlmsiseLanes
{
    public const int FarTemperature = 0, BaseGradient = 1, BaseTemperature = 2, Helium = 3, Oxygen = 4, Nitrogen2 = 5, Oxygen2 = 6, Argon = 7, Hydrogen = 8, Nitrogen = 9, AnomalousOxygen = 10;
    public const int Temperature110 = 11, Temperature100 = 12, Temperature90 = 13, Temperature72 = 14, Gradient72 = 15;

    /// <summary>Published names of the tables of each lane.</summary>
    public static ReadOnlySpan<string> Upper => new[] { "PT", "PS", "PD4", "PD1", "PD2", "PD3", "PD5", "PD6", "PD7", "PD8", "PD9" };

    public static ReadOnlySpan<string> Lower => new[] { "PTL1", "PTL2", "PTL3", "PTL4", "PMA9" };

    /// <summary>Temperatures at 55, 45, 32.5, 20, 15, 10 and 0 km, and the gradients at 0 and 32.5 km.</summary>
    public static ReadOnlySpan<string> Middle => new[] { "PMA1", "PMA2", "PMA3", "PMA4", "PMA5", "PMA6", "PMA7", "PMA8", "PMA10" };
}
