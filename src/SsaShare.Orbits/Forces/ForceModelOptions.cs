namespace SsaShare.Orbits;

/// <summary>Which forces are modelled.</summary>
/// <param name="GravityDegree">Degree and order of the Earth's field.</param>
/// <param name="SunAndMoon">Pull of Sun and Moon, the solid tide they raise, and relativity.</param>
/// <param name="Surface">Drag and radiation pressure.</param>
public sealed record ForceModelOptions(int GravityDegree, bool SunAndMoon, bool Surface)
{
    /// <summary>For orbits that are published: 24×24, Sun, Moon, tide, drag, radiation.</summary>
    public static ForceModelOptions Precise { get; } = new(24, true, true);

    /// <summary>For trials that span a few hours: 8×8 and nothing else; errs by about 100 m in a day in low orbit.</summary>
    public static ForceModelOptions Light { get; } = new(8, false, false);

    /// <summary>Everything: 70×70 and the Moon's 16×16, Sun, Moon, planets, tides, relativity, drag, radiation in a shadow with its true edges.</summary>
    /// <remarks>
    /// As good as the tables given to the <see cref="ForceModel"/>, not all of which are built in. Without an atmosphere drag meets <see cref="ExponentialAtmosphere"/>, whose density is wrong by up to a
    /// factor of ten either way; without bodies <see cref="AnalyticSolarSystem"/> has the Moon up to 460 km off. <see cref="ForceModel.Warnings"/> says what it comes to.
    /// </remarks>
    public static ForceModelOptions Full { get; } = new(70, true, true)
    {
        Planets = true, TidesOfIers2010 = true, FullRelativity = true, DrawnOutShadow = false, GradientDegree = 8, LunarGravityDegree = 16,
    };

    /// <summary>Pull of Venus, Mars, Jupiter and the other planets.</summary>
    public bool Planets { get; init; }

    /// <summary>Degree and order of the Moon's field; 0 for a point mass.</summary>
    public int LunarGravityDegree { get; init; }

    /// <summary>
    /// Whether the edge of the shadow is drawn out to about four degrees of the orbit, which lets an integrator step over it; else umbra and
    /// penumbra are cones, and the integrator has to stop at their edges.
    /// </summary>
    public bool DrawnOutShadow { get; init; } = true;

    /// <summary>Tides of the solid Earth, the oceans and the pole by the IERS Conventions (2010); else the tide of degree 2 with k2 = 0.30. Only with <see cref="SunAndMoon"/>.</summary>
    public bool TidesOfIers2010 { get; init; }

    /// <summary>The Earth's spin and its motion about the Sun as well; else the Schwarzschild term alone. Only with <see cref="SunAndMoon"/>.</summary>
    public bool FullRelativity { get; init; }

    /// <summary>
    /// Degree of the Earth's field in the derivatives of the acceleration by position and velocity, together with Sun, Moon, planets and drag; 0 for point mass and J2
    /// alone, which is enough for fits over short arcs. Tides, relativity and radiation pressure are left out of them, parts in a
    /// million; derivatives by the <see cref="SurfaceCoefficients"/> are complete either way.
    /// </summary>
    public int GradientDegree { get; init; }
}
