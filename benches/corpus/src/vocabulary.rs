//! The base vocabulary, in order of how often a municipality would use each word.
//!
//! Only words that the rules of `morphology` inflect well: no stem changes, no feminine that takes «el».

/// Masculine nouns.
pub(crate) const NOUNS_M: &str = "
proceso municipio servicio proyecto plan programa documento comité ciudadano informe procedimiento contrato recurso
trámite control registro derecho presupuesto desarrollo resultado objetivo cumplimiento seguimiento formato expediente
archivo funcionario indicador riesgo convenio decreto plazo sector barrio habitante usuario año acuerdo artículo equipo
sistema cargo valor costo gasto ingreso predio impuesto subsidio mercado parque camino puente acueducto alcantarillado
hospital colegio maestro estudiante campesino productor comerciante artesano vecino líder consejo concejo secretario
profesional técnico auxiliar contratista supervisor interventor proveedor oferente pliego anexo certificado recibo pago
saldo aporte crédito fondo capital patrimonio inventario almacén bien vehículo combustible material insumo elemento
edificio salón andén sardinel alumbrado semáforo paradero terminal puerto muelle río caño humedal bosque suelo terreno
lote cultivo alimento residuo relleno barrido desagüe canal dique drenaje pavimento concreto ladrillo techo muro cerco
diseño desempeño tamaño dueño niño adulto hogar grupo pueblo cabildo comunero resguardo territorio límite mapa
censo dato estudio diagnóstico concepto criterio método modelo enfoque principio mandato requisito soporte
aviso edicto oficio memorando borrador original sello timbre radicado buzón correo mensaje portal enlace horario
turno ventanilla mostrador calendario cronograma período semestre trimestre bimestre inicio cierre avance retraso ajuste
cambio traslado retiro ascenso nombramiento salario permiso viático seguro peritaje litigio fallo recaudo cobro embargo
remate avalúo catastro estrato arriendo comodato donante premio concurso torneo festival taller curso diplomado
seminario foro cabezal tablero afiche folleto boletín comunicado noticiero video museo teatro templo monumento busto
cementerio matadero vivero jardín sendero mirador balneario deportista entrenador árbitro estadio gimnasio velódromo
médico paciente síntoma contagio vector mosquito vacunador botiquín camión tractor motor repuesto tanque tubo grifo
medidor cable poste transformador panel sensor servidor computador código respaldo usufructo gravamen título folio
";

/// Feminine nouns.
pub(crate) const NOUNS_F: &str = "
gestión comunidad entidad política información dependencia contratación planeación participación atención norma ley
actividad acción decisión evaluación medida meta estrategia función población persona familia mujer niña reunión sesión
solicitud petición respuesta queja denuncia resolución circular secretaría oficina dirección alcaldía administración
obra vía calle carretera vereda zona plaza vivienda escuela biblioteca salud educación cultura seguridad convivencia
movilidad infraestructura calidad mejora auditoría evidencia herramienta guía matriz tabla lista carpeta serie versión
fecha firma copia factura cuenta partida inversión deuda tasa tarifa multa sanción garantía póliza licencia concesión
licitación propuesta oferta compra venta entrega visita inspección vigilancia vacuna campaña jornada brigada feria
fiesta cosecha finca parcela cuenca quebrada montaña cañada ladera playa lluvia sequía inundación emergencia amenaza
alerta ayuda alianza red mesa junta asociación cooperativa empresa compañía industria fábrica tienda bodega
cifra encuesta muestra estadística variable fórmula línea base tendencia brecha pobreza desigualdad inclusión equidad
igualdad identidad memoria historia tradición lengua danza música escultura artesanía gastronomía señal señalización
enseñanza tarea lección beca matrícula cátedra investigación innovación tecnología plataforma pantalla contraseña clave
aplicación página bandeja nube frecuencia antena emisora prensa noticia entrevista vocería transparencia
rendición veeduría consulta asamblea convocatoria elección candidatura vacante carrera nómina prima pensión incapacidad
licitud demanda tutela sentencia apelación conciliación prueba audiencia notaría escritura hipoteca herencia servidumbre
sombra siembra semilla planta raíz cerca reja puerta ventana pared columna viga losa baldosa teja tubería bomba válvula
llave manguera cámara bombilla lámpara batería turbina máquina volqueta retroexcavadora grúa bicicleta motocicleta
lancha canoa ambulancia camilla cirugía dieta nutrición lactancia maternidad infancia adolescencia vejez
discapacidad terapia vergüenza confianza antigüedad costumbre ruta tramo señora maestra enfermera profesora
abogada ingeniera contadora archivista tesorera concejala edila lideresa campesina vecina usuaria
";

/// Regular verbs in -ar, without their ending.
pub(crate) const VERBS_AR: &str = "
realiz aprob present public revis contrat particip evalu desarroll control registr inform orient coordin ejecut
verific elabor entreg adopt actualiz firm solicit radic notific consult convoc deliber asign adelant mejor aument
ayud apoy acompañ capacit formul analiz identific clasific orden organiz administr financi pag recaud liquid
factur cobr ahorr ajust modific reform reglament autoriz design nombr postul seleccion termin inici
program proyect diseñ repar oper habilit rehabilit paviment señal demarc ilumin limpi pint decor moder
recolect transport trat descontamin reforest cultiv cosech fertiliz alquil arrend don prest desempeñ conect
traslad ubic localiz nivel excav tritur compact prefabric mold sold barniz engañ dañ extrañ bañ
inspeccion vigil patrull sancion mult decomis sell cit demand concili arbitr fall apel impugn archiv
digitaliz escane fotocopi foli index conserv restaur consolid cuantific estim calcul tabul grafic
pronostic compar contrast valid certific acredit homolog normaliz estandariz document explic enseñ
estudi investig innov experiment ensay observ entrevist encuest socializ divulg comunic convers
grab fotografi film edit redact interpret dialog pact vot cuid vacun diagnostic medic hospitaliz aliment
lact educ matricul gradu titul bec recre entren danz cant actu trabaj us cre opin plane gestion proces
tramit transfer cont cuent expres explor export import aport cofinanci articul integr inclu vincul asoci agrup
separ retir ocup desocup arregl adecu ampli amplific simplific agiliz aceler fren evit min mitig compens
";

/// Regular verbs in -er, without their ending.
pub(crate) const VERBS_ER: &str = "
establec conoc ofrec fortalec respond vend comprend depend aprend proced acced conced suspend emprend recog proteg
escog permanec favorec pertenec abastec enriquec merec comparec padec recorr socorr promet somet tem deb ced corr
sorprend acog barr cos tej beb com exced interced anochec florec
";

/// Regular verbs in -ir, without their ending.
pub(crate) const VERBS_IR: &str = "
cumpl defin recib permit decid asist emit dirig exig transmit remit admit asum resum compart repart divid insist exist
sub un difund coincid persist resist discut imprim interrump percib presid restring surg confund aplaud acud añad viv
part escrib suprim sacud transcrib omit incid
";

/// Adjectives, in the masculine singular.
pub(crate) const ADJECTIVES: &str = "
público municipal nuevo social general anual institucional técnico interno ciudadano territorial ambiental local
administrativo financiero jurídico comunitario rural urbano vigente pendiente oportuno necesario eficaz eficiente
transparente mensual trimestral semestral digital electrónico físico documental contractual presupuestal fiscal
tributario catastral predial vial peatonal escolar educativo cultural deportivo turístico agrícola pecuario forestal
hídrico pluvial fluvial sanitario médico preventivo correctivo estratégico misional operativo logístico normativo legal
laboral pensional disciplinario ético abierto accesible incluyente diferencial étnico femenino masculino infantil
juvenil adulto vulnerable prioritario urgente grave leve crítico alto bajo medio grande pequeño mínimo máximo primero
segundo tercero último anterior siguiente actual futuro antiguo moderno histórico tradicional artesanal industrial
comercial económico productivo competitivo sostenible renovable eléctrico solar mecánico hidráulico topográfico
geográfico cartográfico estadístico científico académico pedagógico lúdico artístico musical literario
arquitectónico patrimonial arqueológico religioso festivo gratuito voluntario obligatorio periódico permanente temporal
provisional definitivo parcial total integral conjunto mutuo recíproco bilateral solidario democrático pacífico seguro
confiable verificable medible claro sencillo completo correcto exacto breve detallado
";

/// Connectors that open a sentence.
pub(crate) const CONNECTORS: &[&str] = &[
    "además",
    "así mismo",
    "por lo tanto",
    "sin embargo",
    "en consecuencia",
    "de igual manera",
    "finalmente",
    "por otra parte",
    "según lo acordado",
    "durante la vigencia",
    "en todo caso",
    "también",
    "cada año",
    "cuando corresponda",
];

/// Prepositions between the parts of a sentence; the first ones stand for most of the uses.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "de", "de", "de", "de", "en", "en", "en", "para", "para", "con", "con", "por", "por", "a", "a", "sobre", "según",
    "entre", "desde", "hasta", "sin", "hacia", "durante", "mediante", "ante",
];

/// Prefixes of the long tail.
pub(crate) const PREFIXES: &[&str] = &[
    "re", "des", "pre", "sub", "sobre", "inter", "auto", "co", "contra", "super", "trans", "micro", "macro", "multi",
    "semi", "anti",
];

/// Words that carry no subject: no query is made of them.
pub(crate) const FUNCTION_WORDS: &str = "
el la los las un una unos unas de del a al en para con por sobre según entre desde hasta sin hacia durante mediante ante
que se y o no su sus este esta estos estas cada todo toda todos todas además así mismo lo tanto embargo consecuencia
igual manera finalmente otra parte acordado caso también cuando corresponda puede debe deben han ha más donde como
";
