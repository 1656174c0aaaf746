using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Re-entry data message, CCSDS 508.1-B-1.</summary>
internal static class RdmTable
{
    public static NdmMessage Message { get; } = new("rdm", "re-entry data message", "CCSDS 508.1-B", ["1.0"], Block("rdm", Mandatory,
        Block("header", Mandatory, """
            M CREATION_DATE  epoch
            M ORIGINATOR     text
            M MESSAGE_ID     text
            """),
        Block("segment", Mandatory,
            Block("metadata", Mandatory, """
                M OBJECT_NAME                text
                M INTERNATIONAL_DESIGNATOR   text
                O CATALOG_NAME               text
                O OBJECT_DESIGNATOR          text
                O OBJECT_TYPE                word    words:PAYLOAD|ROCKET~BODY|UPPER~STAGE|DEBRIS|UNKNOWN|OTHER
                O OBJECT_OWNER               text
                O OBJECT_OPERATOR            text
                M CONTROLLED_REENTRY         word    words:YES|NO|UNKNOWN
                M CENTER_NAME                text
                M TIME_SYSTEM                system
                M EPOCH_TZERO                epoch
                C REF_FRAME                  frame
                O REF_FRAME_EPOCH            epoch
                O EPHEMERIS_NAME             text
                O GRAVITY_MODEL              text
                O ATMOSPHERIC_MODEL          text
                O SOLAR_FLUX_PREDICTION      text
                O N_BODY_PERTURBATIONS       text
                O SOLAR_RAD_PRESSURE         text
                O EARTH_TIDES                text
                O INTRACK_THRUST             word    words:YES|NO
                O DRAG_PARAMETERS_SOURCE     text
                O DRAG_PARAMETERS_ALTITUDE   number  km
                O REENTRY_UNCERTAINTY_METHOD word    words:NONE|ANALYTICAL|STOCHASTIC|EMPIRICAL
                O REENTRY_DISINTEGRATION     text
                O IMPACT_UNCERTAINTY_METHOD  word    words:NONE|ANALYTICAL|STOCHASTIC|EMPIRICAL
                O PREVIOUS_MESSAGE_ID        text
                O PREVIOUS_MESSAGE_EPOCH     epoch
                O NEXT_MESSAGE_EPOCH         epoch
                """),
            Block("data", Mandatory,
                Block("atmosphericReentryParameters", Mandatory, """
                    M ORBIT_LIFETIME                  number  d
                    M REENTRY_ALTITUDE                number  km
                    O ORBIT_LIFETIME_WINDOW_START     number  d
                    O ORBIT_LIFETIME_WINDOW_END       number  d
                    O NOMINAL_REENTRY_EPOCH           epoch
                    O REENTRY_WINDOW_START            epoch
                    O REENTRY_WINDOW_END              epoch
                    O ORBIT_LIFETIME_CONFIDENCE_LEVEL number  %
                    """),
                GroundImpact,
                Block("stateVector", Optional, """
                    M EPOCH  epoch
                    M X      number  km
                    M Y      number  km
                    M Z      number  km
                    M X_DOT  number  km/s
                    M Y_DOT  number  km/s
                    M Z_DOT  number  km/s
                    """),
                OdmBlocks.CovarianceMatrix("O COV_REF_FRAME frame"),
                Block("spacecraftParameters", Optional, """
                    O WET_MASS              number  kg
                    O DRY_MASS              number  kg
                    O HAZARDOUS_SUBSTANCES  text
                    O SOLAR_RAD_AREA        number  m**2
                    O SOLAR_RAD_COEFF       number
                    O DRAG_AREA             number  m**2
                    O DRAG_COEFF            number
                    O RCS                   number  m**2
                    O BALLISTIC_COEFF       number  kg/m**2
                    O THRUST_ACCELERATION   number  m/s**2
                    """),
                Block("odParameters", Optional, """
                    O TIME_LASTOB_START    epoch
                    O TIME_LASTOB_END      epoch
                    O RECOMMENDED_OD_SPAN  number   d
                    O ACTUAL_OD_SPAN       number   d
                    O OBS_AVAILABLE        integer
                    O OBS_USED             integer
                    O TRACKS_AVAILABLE     integer
                    O TRACKS_USED          integer
                    O RESIDUALS_ACCEPTED   number   %
                    O WEIGHTED_RMS         number
                    """),
                OdmBlocks.UserDefinedParameters))));

    private static NdmBlock GroundImpact => Block("groundImpactParameters", Optional, """
        O PROBABILITY_OF_IMPACT       number
        O PROBABILITY_OF_BURN_UP      number
        O PROBABILITY_OF_BREAK_UP     number
        O PROBABILITY_OF_LAND_IMPACT  number
        O PROBABILITY_OF_CASUALTY     number
        O NOMINAL_IMPACT_EPOCH        epoch
        O IMPACT_WINDOW_START         epoch
        O IMPACT_WINDOW_END           epoch
        O IMPACT_REF_FRAME            text
        O NOMINAL_IMPACT_LON          number  deg
        O NOMINAL_IMPACT_LAT          number  deg
        O NOMINAL_IMPACT_ALT          number  m
        """, string.Join('\n', Enumerable.Range(1, 3).Select(n => $"""
        O IMPACT_{n}_CONFIDENCE       number  %
        O IMPACT_{n}_START_LON        number  deg
        O IMPACT_{n}_START_LAT        number  deg
        O IMPACT_{n}_STOP_LON         number  deg
        O IMPACT_{n}_STOP_LAT         number  deg
        O IMPACT_{n}_CROSS_TRACK      number  km
        """)));
}
