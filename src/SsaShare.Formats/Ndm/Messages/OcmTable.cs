using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Orbit comprehensive message, CCSDS 502.0-B-3 section 6; 2.0 is the version of its drafts. What the standard gives a default for may be left out.</summary>
internal static class OcmTable
{
    public static NdmMessage Message { get; } = new("ocm", "orbit comprehensive message", "CCSDS 502.0-B", ["2.0", "3.0"], Block("ocm", Mandatory, OdmBlocks.Header,
        Block("segment", Mandatory, Metadata, Block("data", Optional, Trajectory, Physics, Covariance, Maneuver, Perturbations, OrbitDetermination,
            Block("user", Optional) with { KvnName = "USER", TakesUserDefined = true, IsUnit = true })) with { IsUnit = true })) { IsStreamed = true };

    private static NdmBlock Metadata => Block("metadata", Mandatory, """
        O OBJECT_NAME               text
        O INTERNATIONAL_DESIGNATOR  text
        O CATALOG_NAME              text
        O OBJECT_DESIGNATOR         text
        O ALTERNATE_NAMES           text
        O ORIGINATOR_POC            text
        O ORIGINATOR_POSITION       text
        O ORIGINATOR_PHONE          text
        O ORIGINATOR_EMAIL          text
        O ORIGINATOR_ADDRESS        text
        O TECH_ORG                  text
        O TECH_POC                  text
        O TECH_POSITION             text
        O TECH_PHONE                text
        O TECH_EMAIL                text
        O TECH_ADDRESS              text
        O PREVIOUS_MESSAGE_ID       text
        O NEXT_MESSAGE_ID           text
        O ADM_MSG_LINK              text
        O CDM_MSG_LINK              text
        O PRM_MSG_LINK              text
        O RDM_MSG_LINK              text
        O TDM_MSG_LINK              text
        O OPERATOR                  text
        O OWNER                     text
        O COUNTRY                   text
        O CONSTELLATION             text
        O OBJECT_TYPE               text
        O TIME_SYSTEM               system  default:UTC
        M EPOCH_TZERO               epoch
        O OPS_STATUS                text
        O ORBIT_CATEGORY            text
        O OCM_DATA_ELEMENTS         text
        O SCLK_OFFSET_AT_EPOCH      number  s
        O SCLK_SEC_PER_SI_SEC       number  s
        O PREVIOUS_MESSAGE_EPOCH    epoch
        O NEXT_MESSAGE_EPOCH        epoch
        O START_TIME                time
        O STOP_TIME                 time
        O TIME_SPAN                 number  d
        O TAIMUTC_AT_TZERO          number  s
        O NEXT_LEAP_EPOCH           time
        O NEXT_LEAP_TAIMUTC         number  s
        O UT1MUTC_AT_TZERO          number  s
        O EOP_SOURCE                text
        O INTERP_METHOD_EOP         text
        O CELESTIAL_SOURCE          text
        """) with { KvnName = "META" };

    private static NdmBlock Trajectory => Rows("traj", "TRAJ", """
        O TRAJ_ID               text
        O TRAJ_PREV_ID          text
        O TRAJ_NEXT_ID          text
        O TRAJ_BASIS            text
        O TRAJ_BASIS_ID         text
        O INTERPOLATION         text
        O INTERPOLATION_DEGREE  integer
        O PROPAGATOR            text
        O CENTER_NAME           text     default:EARTH
        O TRAJ_REF_FRAME        frame    default:ICRF3
        O TRAJ_FRAME_EPOCH      time
        O USEABLE_START_TIME    time
        O USEABLE_STOP_TIME     time
        O ORB_REVNUM            number
        O ORB_REVNUM_BASIS      integer
        O TRAJ_TYPE             text     default:CARTPV
        O ORB_AVERAGING         text     default:OSCULATING
        O TRAJ_UNITS            text
        """);

    private static NdmBlock Physics => Block("phys", Optional, """
        O MANUFACTURER            text
        O BUS_MODEL               text
        O DOCKED_WITH             text
        O DRAG_CONST_AREA         number  m**2
        O DRAG_COEFF_NOM          number
        O DRAG_UNCERTAINTY        number  %
        O INITIAL_WET_MASS        number  kg
        O WET_MASS                number  kg
        O DRY_MASS                number  kg
        O OEB_PARENT_FRAME        frame   default:RSW_ROTATING
        O OEB_PARENT_FRAME_EPOCH  time
        O OEB_Q1                  number
        O OEB_Q2                  number
        O OEB_Q3                  number
        O OEB_QC                  number
        O OEB_MAX                 number  m
        O OEB_INT                 number  m
        O OEB_MIN                 number  m
        O AREA_ALONG_OEB_MAX      number  m**2
        O AREA_ALONG_OEB_INT      number  m**2
        O AREA_ALONG_OEB_MIN      number  m**2
        O AREA_MIN_FOR_PC         number  m**2
        O AREA_MAX_FOR_PC         number  m**2
        O AREA_TYP_FOR_PC         number  m**2
        O RCS                     number  m**2
        O RCS_MIN                 number  m**2
        O RCS_MAX                 number  m**2
        O SRP_CONST_AREA          number  m**2
        O SOLAR_RAD_COEFF         number
        O SOLAR_RAD_UNCERTAINTY   number  %
        O VM_ABSOLUTE             number
        O VM_APPARENT_MIN         number
        O VM_APPARENT             number
        O VM_APPARENT_MAX         number
        O REFLECTANCE             number
        O ATT_CONTROL_MODE        text
        O ATT_ACTUATOR_TYPE       text
        O ATT_KNOWLEDGE           number  deg
        O ATT_CONTROL             number  deg
        O ATT_POINTING            number  deg
        O AVG_MANEUVER_FREQ       number  #/yr
        O MAX_THRUST              number  N
        O DV_BOL                  number  km/s
        O DV_REMAINING            number  km/s
        O IXX                     number  kg*m**2
        O IYY                     number  kg*m**2
        O IZZ                     number  kg*m**2
        O IXY                     number  kg*m**2
        O IXZ                     number  kg*m**2
        O IYZ                     number  kg*m**2
        """) with { KvnName = "PHYS", IsUnit = true };

    private static NdmBlock Covariance => Rows("cov", "COV", """
        O COV_ID           text
        O COV_PREV_ID      text
        O COV_NEXT_ID      text
        O COV_BASIS        text
        O COV_BASIS_ID     text
        O COV_REF_FRAME    frame   default:TNW_INERTIAL
        O COV_FRAME_EPOCH  time
        O COV_SCALE_MIN    number
        O COV_SCALE_MAX    number
        O COV_CONFIDENCE   number  %
        O COV_TYPE         text    default:CARTPV
        O COV_ORDERING     word    words:LTM|UTM|FULL|LTMWCC|UTMWCC  default:LTM
        O COV_UNITS        text
        """);

    private static NdmBlock Maneuver => Rows("man", "MAN", """
        M MAN_ID                  text
        O MAN_PREV_ID             text
        O MAN_NEXT_ID             text
        O MAN_BASIS               text
        O MAN_BASIS_ID            text
        M MAN_DEVICE_ID           text
        O MAN_PREV_EPOCH          time
        O MAN_NEXT_EPOCH          time
        O MAN_PURPOSE             text
        O MAN_PRED_SOURCE         text
        O MAN_REF_FRAME           frame    default:TNW_INERTIAL
        O MAN_FRAME_EPOCH         time
        O GRAV_ASSIST_NAME        text
        O DC_TYPE                 word     words:CONTINUOUS|TIME|TIME_AND_ANGLE  default:CONTINUOUS
        O DC_WIN_OPEN             time
        O DC_WIN_CLOSE            time
        O DC_MIN_CYCLES           integer
        O DC_MAX_CYCLES           integer
        O DC_EXEC_START           time
        O DC_EXEC_STOP            time
        O DC_REF_TIME             time
        O DC_TIME_PULSE_DURATION  number   s
        O DC_TIME_PULSE_PERIOD    number   s
        O DC_REF_DIR              numbers
        O DC_BODY_FRAME           text
        O DC_BODY_TRIGGER         numbers
        O DC_PA_START_ANGLE       number   deg
        O DC_PA_STOP_ANGLE        number   deg
        M MAN_COMPOSITION         text
        O MAN_UNITS               text
        """);

    private static NdmBlock Perturbations => Block("pert", Optional, """
        O ATMOSPHERIC_MODEL      text
        O GRAVITY_MODEL          text
        O EQUATORIAL_RADIUS      number   km
        O GM                     number   km**3/s**2
        O N_BODY_PERTURBATIONS   text
        O CENTRAL_BODY_ROTATION  number   deg/s
        O OBLATE_FLATTENING      number
        O OCEAN_TIDES_MODEL      text
        O SOLID_TIDES_MODEL      text
        O REDUCTION_THEORY       text
        O ALBEDO_MODEL           text
        O ALBEDO_GRID_SIZE       integer
        O SHADOW_MODEL           text
        O SHADOW_BODIES          text
        O SRP_MODEL              text
        O SW_DATA_SOURCE         text
        O SW_DATA_EPOCH          time
        O SW_INTERP_METHOD       text
        O FIXED_GEOMAG_KP        number   nT
        O FIXED_GEOMAG_AP        number   nT
        O FIXED_GEOMAG_DST       number   nT
        O FIXED_F10P7            number   SFU
        O FIXED_F10P7_MEAN       number   SFU
        O FIXED_M10P7            number   SFU
        O FIXED_M10P7_MEAN       number   SFU
        O FIXED_S10P7            number   SFU
        O FIXED_S10P7_MEAN       number   SFU
        O FIXED_Y10P7            number   SFU
        O FIXED_Y10P7_MEAN       number   SFU
        """) with { KvnName = "PERT", IsUnit = true };

    private static NdmBlock OrbitDetermination => Block("od", Optional, """
        M OD_ID                 text
        O OD_PREV_ID            text
        M OD_METHOD             text
        M OD_EPOCH              time
        O DAYS_SINCE_FIRST_OBS  number   d
        O DAYS_SINCE_LAST_OBS   number   d
        O RECOMMENDED_OD_SPAN   number   d
        O ACTUAL_OD_SPAN        number   d
        O OBS_AVAILABLE         integer
        O OBS_USED              integer
        O TRACKS_AVAILABLE      integer
        O TRACKS_USED           integer
        O MAXIMUM_OBS_GAP       number   d
        O OD_EPOCH_EIGMAJ       number   m
        O OD_EPOCH_EIGINT       number   m
        O OD_EPOCH_EIGMIN       number   m
        O OD_MAX_PRED_EIGMAJ    number   m
        O OD_MIN_PRED_EIGMIN    number   m
        O OD_CONFIDENCE         number   %
        O GDOP                  number
        O SOLVE_N               integer
        O SOLVE_STATES          text
        O CONSIDER_N            integer
        O CONSIDER_PARAMS       text
        O SEDR                  number   W/kg
        O SENSORS_N             integer
        O SENSORS               text
        O WEIGHTED_RMS          number
        O DATA_TYPES            text
        """) with { KvnName = "OD", IsUnit = true };

    private static NdmBlock Rows(string name, string kvn, string lines)
        => Block(name, Optional, lines) with { KvnName = kvn, IsRepeatable = true, IsUnit = true, Rows = NdmRowStyle.Line, RowName = $"{name}Line" };
}
