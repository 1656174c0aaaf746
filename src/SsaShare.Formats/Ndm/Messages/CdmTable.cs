using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Conjunction data message, CCSDS 508.0-B-1, and what its draft of version 2.0 adds (508.0-P-1.0.2).</summary>
internal static class CdmTable
{
    public static NdmMessage Message { get; } = new("cdm", "conjunction data message", "CCSDS 508.0-B", ["1.0", "2.0"], Block("cdm", Mandatory,
        Block("header", Mandatory, """
            M CREATION_DATE   epoch
            M ORIGINATOR      text
            O MESSAGE_FOR     text
            M MESSAGE_ID      text
            O CLASSIFICATION  text   since:2.0
            """),
        Block("relativeMetadataData", Mandatory, """
            O CONJUNCTION_ID        text           since:2.0
            M TCA                   epoch
            M MISS_DISTANCE         number  m  min:0
            O MAHALANOBIS_DISTANCE  number         since:2.0  min:0
            O RELATIVE_SPEED        number  m/s  min:0
            O APPROACH_ANGLE        number  deg    since:2.0
            """,
            Block("relativeStateVector", Optional, """
                M RELATIVE_POSITION_R  number  m
                M RELATIVE_POSITION_T  number  m
                M RELATIVE_POSITION_N  number  m
                M RELATIVE_VELOCITY_R  number  m/s
                M RELATIVE_VELOCITY_T  number  m/s
                M RELATIVE_VELOCITY_N  number  m/s
                """), """
            O START_SCREEN_PERIOD                epoch
            O STOP_SCREEN_PERIOD                 epoch
            O SCREEN_TYPE                        text           since:2.0
            O SCREEN_VOLUME_FRAME                word    words:RTN|TVN
            O SCREEN_VOLUME_SHAPE                word    words:ELLIPSOID|BOX
            O SCREEN_VOLUME_X                    number  m
            O SCREEN_VOLUME_Y                    number  m
            O SCREEN_VOLUME_Z                    number  m
            O SCREEN_ENTRY_TIME                  epoch
            O SCREEN_EXIT_TIME                   epoch
            O SCREEN_PC_THRESHOLD                number         since:2.0  min:0 max:1
            O COLLISION_PERCENTILE               numbers        since:2.0
            O COLLISION_PROBABILITY              number  min:0 max:1
            O COLLISION_PROBABILITY_METHOD       text
            O COLLISION_MAX_PROBABILITY          number         since:2.0  min:0 max:1
            O COLLISION_MAX_PC_METHOD            text           since:2.0
            O SEFI_COLLISION_PROBABILITY         number         since:2.0  min:0 max:1
            O SEFI_COLLISION_PROBABILITY_METHOD  text           since:2.0
            O SEFI_FRAGMENTATION_MODEL           text           since:2.0
            O PREVIOUS_MESSAGE_ID                text           since:2.0
            O PREVIOUS_MESSAGE_EPOCH             epoch          since:2.0
            O NEXT_MESSAGE_EPOCH                 epoch          since:2.0
            """),
        Block("segment", Mandatory, Metadata, Data) with { IsRepeatable = true }))
    {
        Drafts = ["2.0"],
    };

    private static NdmBlock Metadata => Block("metadata", Mandatory, """
        ^M OBJECT                    word   words:OBJECT1|OBJECT2
        M OBJECT_DESIGNATOR          text
        M CATALOG_NAME               text
        M OBJECT_NAME                text
        M INTERNATIONAL_DESIGNATOR   text
        O OBJECT_TYPE                word   words:PAYLOAD|ROCKET~BODY|UPPER~STAGE|DEBRIS|UNKNOWN|OTHER
        O OPERATOR_CONTACT_POSITION  text
        O OPERATOR_ORGANIZATION      text
        O OPERATOR_PHONE             text
        O OPERATOR_EMAIL             text
        M EPHEMERIS_NAME             text
        M COVARIANCE_METHOD          word   words:CALCULATED|DEFAULT
        O COVARIANCE_SOURCE          text   since:2.0
        O ODM_MSG_LINK               text   since:2.0
        O ADM_MSG_LINK               text   since:2.0
        O OBS_BEFORE_NEXT_MESSAGE    word   words:YES|NO  since:2.0
        M MANEUVERABLE               word   words:YES|NO|N/A
        O ORBIT_CENTER               text
        M REF_FRAME                  frame
        O ALT_COV_TYPE               word   words:XYZ|CSIG3EIGVEC3  since:2.0
        O ALT_COV_REF_FRAME          frame  since:2.0
        O GRAVITY_MODEL              text
        O ATMOSPHERIC_MODEL          text
        O N_BODY_PERTURBATIONS       text
        O SOLAR_RAD_PRESSURE         word   words:YES|NO
        O EARTH_TIDES                word   words:YES|NO
        O INTRACK_THRUST             word   words:YES|NO
        """);

    private static NdmBlock Data => Block("data", Mandatory,
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
            O OD_EPOCH             epoch    since:2.0
            """),
        Block("additionalParameters", Optional, """
            O AREA_PC                 number  m**2
            O AREA_DRG                number  m**2
            O AREA_SRP                number  m**2
            O AREA_PC_MIN             number  m**2    since:2.0
            O AREA_PC_MAX             number  m**2    since:2.0
            O OEB_PARENT_FRAME        text            since:2.0
            O OEB_PARENT_FRAME_EPOCH  epoch           since:2.0
            O OEB_Q1                  number          since:2.0
            O OEB_Q2                  number          since:2.0
            O OEB_Q3                  number          since:2.0
            O OEB_QC                  number          since:2.0
            O OEB_MAX                 number  m       since:2.0
            O OEB_INT                 number  m       since:2.0
            O OEB_MIN                 number  m       since:2.0
            O AREA_ALONG_OEB_MAX      number  m**2    since:2.0
            O AREA_ALONG_OEB_INT      number  m**2    since:2.0
            O AREA_ALONG_OEB_MIN      number  m**2    since:2.0
            O RCS                     number  m**2    since:2.0
            O RCS_MIN                 number  m**2    since:2.0
            O RCS_MAX                 number  m**2    since:2.0
            O VM_ABSOLUTE             number          since:2.0
            O VM_APPARENT_MIN         number          since:2.0
            O VM_APPARENT             number          since:2.0
            O VM_APPARENT_MAX         number          since:2.0
            O REFLECTANCE             number          since:2.0
            O MASS                    number  kg
            O HBR                     number  m       since:2.0
            O CD_AREA_OVER_MASS       number  m**2/kg
            O CR_AREA_OVER_MASS       number  m**2/kg
            O THRUST_ACCELERATION     number  m/s**2
            O SEDR                    number  W/kg
            O APOAPSIS_ALTITUDE       number  km      since:2.0
            O PERIAPSIS_ALTITUDE      number  km      since:2.0
            O INCLINATION             number  deg     since:2.0
            O COV_CONFIDENCE          number          since:2.0
            O COV_CONFIDENCE_METHOD   text            since:2.0
            """),
        Block("stateVector", Mandatory, """
            M X      number  km
            M Y      number  km
            M Z      number  km
            M X_DOT  number  km/s
            M Y_DOT  number  km/s
            M Z_DOT  number  km/s
            """),
        Block("covarianceMatrix", Mandatory, Covariance()) with { IsRepeatable = true },
        Block("userDefinedParameters", Optional) with { TakesUserDefined = true, Since = "2.0" });

    /// <summary>Variances, of one quantity with itself, are not negative: CR_R, CDRG_DRG. That of the thrust is, in an example of the standard.</summary>
    private static string Least(string covariance) => covariance != "CTHR_THR" && covariance[1..].Split('_') is [var one, var other] && one == other ? " min:0" : "";

    /// <summary>In radial, transverse and normal axes; in the draft also in those of a frame or as eigenvectors, each in a block of its own, and what it was scaled by.</summary>
    private static string Covariance()
    {
        var lines = new List<string>();
        foreach (var (entry, index) in CdmKeywords.Covariance.Select((entry, index) => (entry, index)))
            lines.Add($"{(index < 21 ? "C" : "O")} {entry.Keyword} number {entry.Unit}{Least(entry.Keyword)}");
        string[] axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"], frame = ["X", "Y", "Z", "XDOT", "YDOT", "ZDOT"];
        foreach (var entry in CdmKeywords.Covariance)
        {
            string name = string.Join('_', entry.Keyword[1..].Split('_').Select(part => Array.IndexOf(axes, part) is var at and >= 0 ? frame[at] : part));
            // The entries of drag, pressure and thrust among themselves have the same name in both, and stand where they are met.
            if ($"C{name}" != entry.Keyword) lines.Add($"{(name == "X_X" ? "*" : "")}O C{name} number {entry.Unit} since:2.0{Least(entry.Keyword)}");
        }
        lines.Add("""
            *O CSIG3EIGVEC3                   numbers  since:2.0
            *O DENSITY_FORECAST_UNCERTAINTY   number   since:2.0
            O CSCALE_FACTOR_MIN               number   since:2.0
            O CSCALE_FACTOR                   number   since:2.0
            O CSCALE_FACTOR_MAX               number   since:2.0
            O SCREENING_DATA_SOURCE           text     since:2.0
            O DCP_SENSITIVITY_VECTOR_POSITION numbers  since:2.0
            O DCP_SENSITIVITY_VECTOR_VELOCITY numbers  since:2.0
            """);
        return string.Join('\n', lines);
    }
}
